insert into copy_pair (left_hash, right_hash, shared, left_size, right_size, reissue, left_own, right_own) values %s
on conflict do nothing
returning left_hash
