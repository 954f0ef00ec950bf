-- A page without a hash was forgotten because it was not what the entry promises.
select exists (
    select from address
     where source = %(source)s and purpose = 'entry' and url_key = %(url_key)s and last_outcome is not null
       and (sha256 is null or last_outcome not in ('new', 'unchanged'))) as failed
