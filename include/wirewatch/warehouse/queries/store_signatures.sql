insert into text_signature (text_hash, method, bands) values %s
on conflict (text_hash) do update set method = excluded.method, bands = excluded.bands
 where text_signature.method <> excluded.method
returning text_hash
