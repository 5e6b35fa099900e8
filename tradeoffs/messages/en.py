"""English sentences of messages: one whole sentence a code, with the values it names."""

MESSAGES = {
    "and_more": "{text} and {more} more",
    "dataset_not_offered": "dataset {name!r} is not offered here ({variable}); known: {known}",
    "unknown": "unknown {kind} {name!r}; known: {known}",
    "unknown_in": "{where}: unknown {name!r}; known: {known}",
}
