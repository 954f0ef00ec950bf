select url_key from address
 where source = %(source)s and purpose = 'article' and url_key = any(%(keys)s) and last_outcome is not null
