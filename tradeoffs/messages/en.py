"""English sentences of messages: one whole sentence a code, with the values it names."""

MESSAGES = {
    "and_more": "{text} and {more} more",
    "axis_empty": "axis {name!r} has no values; give at least one",
    "clip_only_without_epsilon": "{mechanism=} needs a finite epsilon to inherit from",
    "confidence_diverged": ("a model diverged in training, so its confidence has no meaning"),
    "dataset_not_offered": ("dataset {name!r} is not offered here ({variable}); known: {known}"),
    "field_fault": "{field}: {fault}",
    "gap_closed_not_relaxed": (
        "{max_gap=} must be {option:max_gap=0} or {option:max_gap=none} with {stage=}: this "
        "gap can be closed, not relaxed"
    ),
    "gathered_not_with": (
        "{mechanism=}, {stage=}: gathered people need mechanism=none and stage=in"
    ),
    "hides_all_but_one": ("{hide=} leaves no column beside {column}; keep at least one"),
    "hides_every_column": "{hide=} leaves no column; keep at least one",
    "intensity_not_a_number": ("the intensity {value!r} of {name} must be a number in [0, 1]"),
    "intensity_of_shift": "{field=value} of {name} must be in [0, 1]",
    "intensity_out_of_range": "the intensity {value} of {name} must be in [0, 1]",
    "mechanism_not_with_stage": (
        "{mechanism=} is not available with {stage=}: {reason}; use one of the mechanisms "
        "{mechanisms:mechanism}, or one of the stages {stages:stage}"
    ),
    "no_deployment_shift": ("no shift at deployment has an intensity above 0; state at least one"),
    "no_places": "the table {table!r} records no places",
    "no_times": "the table {table!r} records no times",
    "no_training_shift": ("no shift at training has an intensity above 0; state at least one"),
    "not_a_number": "{field=value} must be a number in [{low}, {high}]",
    "not_a_number_or_none": ("{field=value} must be a number in [{low}, {high}], or none"),
    "not_a_pair": "{part!r} is not of the form name:intensity",
    "not_a_shift_name": "{name!r} is no name of a shift, with .option or without",
    "not_names": "{field=value} must be at most {most} names",
    "not_one_of": "{field=value} must be one of: {known:{field}}",
    "not_pairs": ("{field=value} must be at most {most} pairs of a name and a number in [0, 1]"),
    "not_text": "{field=value} must be text of at most {most} characters",
    "not_whole": "{field=value} must be a whole number in [{low}, {high}]",
    "notion_not_bounded_by_stage": ("{notion=} cannot be bounded by {stage=}; use: {known:notion}"),
    "notion_not_constrained": ("{notion=} is measured, not constrained; use: {known:notion}"),
    "one_outcome": "a reference model needs both outcomes",
    "out_of_range": "{field=value} must be in [{low}, {high}]",
    "protected_in_no_column": (
        "{protected=} must be told by a column that the model sees with {stage=}; use another stage"
    ),
    "protected_not_in_a_column": (
        "{protected=} must be told by a column that the model sees with {stage=}; use: "
        "{known:protected}"
    ),
    "same_place_trained_and_deployed": (
        "{name} is where training and deployment are: nothing shifts; name two"
    ),
    "scenario_not_json": "the scenario is not valid JSON: {reason}",
    "scenario_not_object": "a scenario is a JSON object, not {kind}",
    "seed_too_large": ("{field=value} must be in [0, {high}]: it counts {block} trainings"),
    "seeds_beside_axis": "{seeds=} must be 1 where seed is an axis of its own",
    "several": "{faults}",
    "shift_leaves_few_rows": (
        "the shift leaves {rows} rows, fewer than {least}, so nothing can be measured"
    ),
    "shift_leaves_nobody": (
        "the shift leaves nobody in the group {group!r}, so nothing can be measured"
    ),
    "shift_needs_column": "the shift needs {column}, which {table!r} lacks here",
    "shift_needs_columns": ("the shift needs {count} ordered columns, which {table!r} lacks here"),
    "shift_needs_option": ("the shift {name!r} needs a {kind}, as in {example}; known: {known}"),
    "shift_needs_places": "the shift {name!r} needs places; {dataset} has none",
    "shift_needs_times": "the shift {name!r} needs times; {dataset} has none",
    "shift_not_at_deployment": "the shift {name!r} is for training, not for deployment",
    "shift_not_in_training": "the shift {name!r} is for deployment, not for training",
    "shift_not_private": (
        "the shift {name!r} is not available in training at a finite epsilon: {reason}"
    ),
    "shift_stated_twice": "the shift {name!r} is stated twice; state it once",
    "shift_takes_no_option": "the shift {name!r} takes no option, not {given!r}",
    "shift_twice": "a shift is stated twice; state it once",
    "stage_not_attacked": (
        "{stage=} is not attacked: models of its kind are not trained on random halves; use: "
        "{known:stage}"
    ),
    "stage_without_bound": (
        "{max_gap=} must be {option:max_gap=none} with {stage=}: it has a strength and no bound"
    ),
    "sweep_too_large": "the sweep has {size} models; at most {most} are allowed",
    "too_many_rows": "{rows=} must be at most {most} in {dataset}",
    "training_diverged": ("the training with seed {seed} diverged: it explains nothing"),
    "training_shifts_leave_few": (
        "{rows=} with {training_shifts=} leaves about {left:.0f} people in training; {least} "
        "are needed"
    ),
    "training_shifts_move_groups": (
        "{training_shifts=} changes who is in which group, or the column that tells it: not "
        "available with {stage=}"
    ),
    "unknown": "unknown {kind} {name!r}; known: {known}",
    "unknown_in": "{where}: unknown {name!r}; known: {known}",
    "width_not_with_stage": (
        "{width=} must be 0 with {stage=}: what it takes out of the columns is part of the "
        "weights of a logistic regression only"
    ),
}
