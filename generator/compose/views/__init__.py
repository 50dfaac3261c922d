"""What templates see: frozen views of the city, its scores, findings and plan. The documented contract of templates.

Every attribute is a value that prints itself (`Told`), a yes/no for `{% if %}`, or a tuple of views in the order in
which it is to be shown. Templates never compute, filter or sort: what they need ready-made stands here.
`docs/templates.md` is made from these classes.
"""
