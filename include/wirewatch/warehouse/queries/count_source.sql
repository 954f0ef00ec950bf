update run_source
   set leads = leads + %(leads)s, fetched = fetched + %(fetched)s, new = new + %(new)s, changed = changed + %(changed)s,
       same = same + %(same)s, not_article = not_article + %(not_article)s, quarantined = quarantined + %(quarantined)s
 where run_id = %(run_id)s and source = %(source)s
