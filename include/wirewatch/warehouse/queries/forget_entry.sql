update address set etag = null, last_modified = null, sha256 = null where address_id = %(address_id)s
