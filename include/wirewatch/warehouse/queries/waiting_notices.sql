select count(*)::int as notices from notice where state = 'pending'
