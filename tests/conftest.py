from hypothesis import settings

# A busy machine is not a failure: how long an example takes is never what a test is about.
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")
