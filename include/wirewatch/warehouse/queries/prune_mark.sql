update prune_mark set after_id = %(after)s where what = %(what)s and after_id < %(after)s
