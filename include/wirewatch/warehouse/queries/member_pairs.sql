select p.* from copy_pair p where p.left_hash = any(%(text_hashes)s) and p.right_hash = any(%(text_hashes)s)
