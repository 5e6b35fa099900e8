"""English sentences of messages: one whole sentence a code, with the values it names."""

MESSAGES = {
    "above_up_to": "{field=value} must be in ({low}, {high}]",
    "accountant_too_coarse": (
        "{epsilon=} must be at least {spent:.3g} at delta={delta}: a budget too low for "
        "{accountant!r} to certify"
    ),
    "all_idle": "{idle=} must be less than {sessions=}: somebody moves",
    "and_more": "{text} and {more} more",
    "attack_on_too_few": "{attack} at {fpr}: too few people or decisions",
    "axis_empty": "axis {name!r} has no values; give at least one",
    "axis_twice": "--axis {name} is stated twice; join its values by commas",
    "between": "{field=value} must be in ({low}, {high})",
    "cannot_read": "cannot read {file}: {reason}",
    "cannot_write": "cannot write {file}: {reason}",
    "chart_too_low": "{height=} must be at least {least} px",
    "clip_only_without_epsilon": "{mechanism=} needs a finite epsilon to inherit from",
    "column_of_objective": "unknown column {column!r} of {name}; known: {known}",
    "compares_models": "{name!r} compares models and is no axis; use: {known}",
    "confidence_diverged": ("a model diverged in training, so its confidence has no meaning"),
    "content_too_long": "{field=value} must be at most {most:,} bytes",
    "dataset_not_offered": ("dataset {name!r} is not offered here ({variable}); known: {known}"),
    "delta_too_low_for_prv": (
        "{delta=} must be at least {least} for prv: below, rounding dominates"
    ),
    "field_fault": "{field}: {fault}",
    "file_is_gone": "file {name!r} is not in memory any more; choose it again",
    "file_not_read": "the file was not read",
    "file_took_too_long": (
        "the file was not read within {seconds} s, the most allowed here ({variable}); bring "
        "fewer rows or columns"
    ),
    "files_waiting": (
        "{waiting} files are being read, and at most {most} may be; try again in a minute"
    ),
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
    "knee_of_others": "a knee needs a front of 2 objectives, not {count}",
    "low_not_below_high": "{low=} and {high=} must be finite, low below high",
    "mechanism_not_with_stage": (
        "{mechanism=} is not available with {stage=}: {reason}; use one of the mechanisms "
        "{mechanisms:mechanism}, or one of the stages {stages:stage}"
    ),
    "models_waiting": (
        "{waiting:,} models are waiting for this machine, which takes no more than {most:,} at "
        "a time; try again in a moment"
    ),
    "negative": "{field=value} must be a finite number, at least 0",
    "no_common_seed": ("{column}: the two configurations have no seed in common yet"),
    "no_composite_persons": (
        "{dataset} has no composite persons; describe one with --person FEATURE=VALUE for each "
        "of: {known}"
    ),
    "no_configuration": "configuration=[] must name at least one column",
    "no_deployment_shift": ("no shift at deployment has an intensity above 0; state at least one"),
    "no_difference": ("{column} is undefined or infinite, so it has no difference"),
    "no_distributed": (
        "{field=value} is an address, and the package distributed that talks to it is not "
        "installed; install it, or set the variable to 'local'"
    ),
    "no_files_taken": "this server takes no files",
    "no_history": "{field=value} must be at least one history",
    "no_level_with_both_groups": "no level of {levels} has two people of both groups",
    "no_places": "the table {table!r} records no places",
    "no_results_yet": "no results yet for the configuration {names}",
    "no_room_for_tab": (
        "a file of {size:.1f} MB has no room: files of this tab that are not tables yet take "
        "{taken:.1f} MB of at most {most:.0f} MB; try again in a minute"
    ),
    "no_room_on_server": (
        "a file of {size:.1f} MB has no room: files of this server that are not tables yet "
        "take {taken:.1f} MB of at most {most:.0f} MB; try again in a minute"
    ),
    "no_scheduler": (
        "{field=value} must be the address of a Dask scheduler, such as tcp://host:8786, or "
        "local; none answers there ({reason})"
    ),
    "no_store": "it is not a store of results",
    "no_such_format": "{out=} must end in {known}, or be -",
    "no_text": "{field=value} must say what is shown",
    "no_times": "the table {table!r} records no times",
    "no_training_shift": ("no shift at training has an intensity above 0; state at least one"),
    "nobody": "there is nobody to give places to",
    "not_a_number": "{field=value} must be a number in [{low}, {high}]",
    "not_a_number_or_none": ("{field=value} must be a number in [{low}, {high}], or none"),
    "not_a_pair": "{part!r} is not of the form name:intensity",
    "not_a_shift_name": "{name!r} is no name of a shift, with .option or without",
    "not_an_assignment": "{text!r} is not of the form FIELD=VALUE",
    "not_in_words": "{field=value} must be {bound}",
    "not_loopback": "{url=} must be http:// and one of {known}, with its port",
    "not_names": "{field=value} must be at most {most} names",
    "not_numbers": "{values=} must be a list of {count} numbers",
    "not_offered": "{field=value} is not offered; use one of: {known}",
    "not_one_a_column": "values: {given} of them, must be {count}, one a column",
    "not_one_of": "{field=value} must be one of: {known:{field}}",
    "not_pairs": ("{field=value} must be at most {most} pairs of a name and a number in [0, 1]"),
    "not_positive": "{field=value} must be a finite number above 0",
    "not_text": "{field=value} must be text of at most {most} characters",
    "not_two_objectives": "x={x}, y={y} must be two of {known}",
    "not_whole": "{field=value} must be a whole number in [{low}, {high}]",
    "notion_not_bounded_by_stage": ("{notion=} cannot be bounded by {stage=}; use: {known:notion}"),
    "notion_not_constrained": ("{notion=} is measured, not constrained; use: {known:notion}"),
    "objectives_not_different": "{objectives=} must be at least two different ones",
    "one_outcome": "a reference model needs both outcomes",
    "other_columns": "{configuration=} must name the same columns: {known}",
    "out_of_range": "{field=value} must be in [{low}, {high}]",
    "own_table_needs": "an own table needs {options}",
    "protected_in_no_column": (
        "{protected=} must be told by a column that the model sees with {stage=}; use another stage"
    ),
    "protected_not_in_a_column": (
        "{protected=} must be told by a column that the model sees with {stage=}; use: "
        "{known:protected}"
    ),
    "questions_waiting": "{waiting} questions are waiting; ask again in a minute",
    "reference_not_worse": (
        "reference of {name}={reference} must be finite and worse than its ideal {ideal} "
        "(better is {better})"
    ),
    "results_lost": "{lost} of the results did not come back from the worker",
    "rows_share_configuration": (
        "two rows share their configuration, seed and split; {configuration=} must name every "
        "column that tells models apart"
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
    "shut_down": "the explorer was shut down",
    "stage_not_attacked": (
        "{stage=} is not attacked: models of its kind are not trained on random halves; use: "
        "{known:stage}"
    ),
    "stage_without_bound": (
        "{max_gap=} must be {option:max_gap=none} with {stage=}: it has a strength and no bound"
    ),
    "stopped_before_it_began": "it was stopped before it began",
    "store_is_newer": ("it was made by a newer version: its schema is {version}, not {known}"),
    "store_lacks_tables": "it lacks {count} of its tables",
    "store_of_something_else": "it is a database of something else",
    "sweep_too_large": "the sweep has {size} models; at most {most} are allowed",
    "too_low": "{field=value} must be a number, at least {least}",
    "too_many_columns_drawn": "xs has {count} columns; must be 1 to {most}",
    "too_many_rows": "{rows=} must be at most {most} in {dataset}",
    "too_many_seats": "{name} has {count} seats; at most {most} are there",
    "too_many_steps_for_prv": ("{steps=} must be fewer for prv at this noise; rdp takes them"),
    "training_diverged": ("the training with seed {seed} diverged: it explains nothing"),
    "training_shifts_leave_few": (
        "{rows=} with {training_shifts=} leaves about {left:.0f} people in training; {least} "
        "are needed"
    ),
    "training_shifts_move_groups": (
        "{training_shifts=} changes who is in which group, or the column that tells it: not "
        "available with {stage=}"
    ),
    "undefined_in_hypervolume": (
        "values must be defined: leave undefined models out of a hypervolume"
    ),
    "unknown": "unknown {kind} {name!r}; known: {known}",
    "unknown_in": "{where}: unknown {name!r}; known: {known}",
    "width_not_with_stage": (
        "{width=} must be 0 with {stage=}: what it takes out of the columns is part of the "
        "weights of a logistic regression only"
    ),
    "worker_out_of_memory": "the worker stopped, perhaps for lack of memory",
    "worker_shut_down": "the worker was shut down",
    "worker_stopped": "the worker stopped",
    "worker_stopped_often": (
        "the worker stopped {times} times at the same task, perhaps for lack of memory; what "
        "had arrived is kept"
    ),
    "worker_stopped_stored": (
        "the worker stopped, perhaps for lack of memory; what had arrived is stored"
    ),
}
