select match_id, matched_at from match_call where matched_at >= %(since)s and matched_at < %(until)s order by match_id
