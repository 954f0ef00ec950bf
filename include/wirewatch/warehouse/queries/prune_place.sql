-- Where to go on; from the first row when the last pass began long enough ago.
insert into prune_mark as m (what, after_id, begun_at) values (%(what)s, 0, %(now)s)
on conflict (what) do update
   set after_id = case when m.begun_at < %(again)s then 0 else m.after_id end,
       begun_at = case when m.begun_at < %(again)s then excluded.begun_at else m.begun_at end
returning after_id
