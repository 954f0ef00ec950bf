select name, kind, home from source order by slug
