insert into notice (message_id, recipient, subject, lines, next_attempt_at, created_at)
values (%(message_id)s, %(recipient)s, %(subject)s, %(lines)s, %(now)s, %(now)s)
returning notice_id
