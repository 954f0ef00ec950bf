-- Housekeeping walks tables that only grow, and looks at a row about once, not every day anew.
create table prune_mark (
    what     text primary key,
    after_id bigint not null,
    begun_at timestamptz not null
);
comment on table prune_mark is 'How far dropping what is old has come.';
comment on column prune_mark.after_id is 'All rows up to this id were looked at; what they had to keep is looked at again in the next pass.';
comment on column prune_mark.begun_at is 'When this pass began at the first row.';

-- A run's summary counts its copies: without this it reads every copy there is.
create index article_copies_by_run on article (first_run_id) where copy_of is not null;
