"""English sentences of messages: one whole sentence a code, with the values it names."""

MESSAGES = {
    "above_up_to": "{field=value} must be in ({low}, {high}]",
    "accountant_too_coarse": (
        "{epsilon=} must be at least {spent:.3g} at delta={delta}: a budget too low for "
        "{accountant!r} to certify"
    ),
    "alike": (
        "values that differ in case, spaces or a dot at the end: {groups:8}; {flag:merge} "
        "merges them"
    ),
    "all_idle": "{idle=} must be less than {sessions=}: at least one visitor has to move",
    "amount_of_cut": (
        "{communities=} must be {name}, a dot and a number from {least:g} to {most:g}"
    ),
    "and_more": "{text} and {more} more",
    "answer_taken": "{value}: {rows:row|rows}, {taken}",
    "answers": "Answers to the label: {answers:;}.",
    "answers_and_more": (
        "Answers to the label: {answers:;}; and {more:other answer|other answers}."
    ),
    "apart": (
        "{field} differs ({values}), so these models cannot be compared; make a separate "
        "front for each, from results.select({field}=...)"
    ),
    "apart_deployed": (
        "these models are used on different people (shifts), so they cannot be compared; "
        "make a separate front for each, from results.select(shift_intensity=...)"
    ),
    "ask_columns": (
        "{columns:,} columns can be used and models see at most {most}: state which "
        "({flag:columns})"
    ),
    "ask_decimal": (
        "column {column!r} holds {value!r}: {point:.15g} with a decimal point, {comma:.15g} "
        "with a comma; state the decimal sign ({flag:decimal})"
    ),
    "ask_decimal_beside": (
        "column {column!r} holds {value!r}: {point:.15g} with a decimal point, {comma:.15g} "
        "with a comma, beside whole numbers; state the decimal sign ({flag:decimal})"
    ),
    "ask_decimal_mixed": (
        "column {column!r} holds some numbers with a decimal point and some with a comma; "
        "state the decimal sign ({flag:decimal})"
    ),
    "ask_encoding": (
        "the file is not in {encoding}: line {line:,}, byte {byte:,} is 0x{found:02x}; state "
        "its encoding ({flag:encoding})"
    ),
    "ask_encoding_of_zeros": (
        "the file is not text in UTF-8: byte {byte:,} is NUL; save it as CSV in UTF-8, or "
        "state the encoding ({flag:encoding})"
    ),
    "ask_favourable": (
        "label {label!r} has the answers {answers:8}: state which are favourable "
        "({flag:favourable})"
    ),
    "ask_favourable_or_bound": (
        "label {label!r} has the answers {answers:8}: state which are favourable, or {sign} "
        "and a number ({flag:favourable})"
    ),
    "ask_header": (
        "the first row looks like data ({some!r:4}): state whether it holds the names of the "
        "columns ({flag:header}) or is a row like any other ({flag:no-header})"
    ),
    "ask_header_below": (
        "the first row names {named:,} of {columns:,} columns ({some!r:4}): remove what stands "
        "above the names, or state that it holds them ({flag:header})"
    ),
    "ask_separator": ("cells may be separated by {readings}; state which ({flag:separator})"),
    "ask_unfavourable": (
        "label {label!r} has the answers {answers:8}: state which are unfavourable; others are "
        "left out ({flag:unfavourable})"
    ),
    "attack_on_too_few": "{attack} at {fpr}: too few people or decisions",
    "attacked_alone": (
        "{remedy=} must be 'alone' here: the attack trains on the people of one community"
    ),
    "axis_empty": "axis {name!r} has no values; give at least one",
    "axis_no_list": "axis {name=value} must be a list of values",
    "axis_twice": "--axis {name} is stated twice; join its values by commas",
    "between": "{field=value} must be in ({low}, {high})",
    "bins_not_increasing": ("{bins=} must be numbers that increase: {flag:bins} age=30,50"),
    "bound_with_remedy": (
        "{max_gap=} needs remedy=alone: {remedy!r} trains without a bound on the gap"
    ),
    "budget_out_of_range": "the epsilon {value!r} of {name!r} must be a number in [{low}, {high}]",
    "budget_twice": "community {name!r} has two privacy budgets; state one",
    "budgets_without_epsilon": (
        "{own_epsilon=} needs a mechanism: without one nobody has a privacy guarantee"
    ),
    "cannot_fetch": ("cannot fetch {package} ({reason}); give its files with --from"),
    "cannot_read": "cannot read {file}: {reason}",
    "cannot_read_table": (
        "cannot read {file} ({reason}); restore it, or in a checkout run "
        "`python data/build.py {table}`"
    ),
    "cannot_write": "cannot write {file}: {reason}",
    "cell_beyond_first_row": "row {row:,} has a cell to the right of the first row's last cell",
    "cell_not_a_number": "column {column!r} holds {value!r}, not a number",
    "cell_too_long": (
        "{place}: a cell has {characters:,} characters; at most {most:,} are allowed"
    ),
    "chart_too_low": "{height=} must be at least {least} px",
    "clip_only_without_epsilon": "{mechanism=} needs a finite epsilon to inherit from",
    "code_not_a_number": "{name!r} of {count} rows is not a number",
    "code_not_listed": "{name!r} of {count} rows is not one of: {known}",
    "codebook_does_not_fit": "the codebook does not fit the choices: {reason}",
    "codebook_gives_nothing": "the codebook gives neither features nor protected groups",
    "codebook_not_json": "the codebook is not JSON",
    "codebook_not_usable": "the codebook cannot be used: {reason}",
    "codebook_with_code": (
        "the codebook contains {word!r}, which looks like code; use plain words"
    ),
    "codes": "taken as codes, not as amounts",
    "codes_out_of_range": "{name} from {least} to {most} must be in [0, {bins})",
    "column_is_id": ("column {column!r} is the id and cannot be seen by models too"),
    "column_is_label": ("column {column!r} is the label and cannot be seen by models too"),
    "column_is_left_out": ("column {column!r} is to be left out and cannot be seen by models too"),
    "column_is_weight": ("column {column!r} is the weight and cannot be seen by models too"),
    "column_not_numbers": "column {name!r} must hold numbers: {reason}",
    "column_note": "{column}: {note}.",
    "column_of_objective": "unknown column {column!r} of {name}; known: {known}",
    "columns_absent": "columns absent from the table {table!r}: {absent}",
    "columns_left_out": "which columns are left out",
    "comma": "comma",
    "community_few_tested": (
        "too few to measure: {people:person|people} to test on, and {least} are needed"
    ),
    "community_few_trained": (
        "too few to measure: {people:person|people} to train on, and {least} are needed"
    ),
    "community_only_no": "cannot be measured: none of its test people has a positive label",
    "community_only_yes": "cannot be measured: none of its test people has a negative label",
    "community_unmeasurable": "community {home!r}: {reason}",
    "compares_models": "{name!r} compares models and is not an axis; use: {known}",
    "confidence_diverged": ("a model diverged in training, so its confidence has no meaning"),
    "constant": "the same value in every row, “{value}”",
    "content_too_long": "{field=value} must be at most {most:,} bytes",
    "copies_apart": (
        "{rows:row repeats|rows repeat} another one, as many as expected by chance in a "
        "table this coarse. Each is treated as a different person and assigned to a side "
        "of the split separately."
    ),
    "copies_together": (
        "{rows:row repeats|rows repeat} another one. Copies stay on the same side of the "
        "split, and each counts as a row of its own: a person with several rows is "
        "protected less."
    ),
    "counts_too_few": (
        "{field=value} must name at least {least} objectives; all of {known} count instead"
    ),
    "counts": (
        "Row counts and shares of the table itself are exact, and epsilon does not cover "
        "them; nor does it cover what is counted on test rows. For a small group, the two "
        "together reveal who was in the training data."
    ),
    "crossed_with_itself": "{crossing!r} crosses an attribute with itself",
    "crossing_not_joined": "crossing {crossing!r} must join attributes by *",
    "cut_without_amount": "{communities=}: {name} takes nothing after a dot",
    "dataset_not_offered": ("dataset {name!r} is not offered here ({variable}); known: {known}"),
    "dates": "dates, such as {value}, which are not used as they are",
    "decimal_in": "Decimal {sign} in: {columns:8}.",
    "delta_too_low_for_prv": (
        "{delta=} must be at least {least} for prv: below, rounding dominates"
    ),
    "dial_not_whole": "{dial=} of {remedy!r} must be a whole number in [{low:g}, {high:g}]",
    "dial_out_of_range": "{dial=} of {remedy!r} must be a number in [{low:g}, {high:g}]",
    "difference_of_accuracy": "{points:.1f} points of accuracy",
    "difference_of_groups": ("{points:.1f} points between the two largest groups of {column}"),
    "differences": (
        "Results are measured on {rows:,} rows: differences below about {sizes} cannot be "
        "told apart from chance."
    ),
    "dropped": "as you stated",
    "edges_not_increasing": "{name}: {edges=} must increase strictly",
    "empty": "no cell holds anything",
    "encoding_not_usable": "{encoding=} cannot be used: {reason}",
    "equal_weights": ("“{title}” is the same in every row: results are the same without it."),
    "every_feature_withheld": "all {count} features are withheld; keep at least 1",
    "favourable_and_unfavourable": "{value!r} is stated as favourable and as unfavourable",
    "favourable_not_a_bound": (
        "{favourable=} must be a value, or {sign} and a number of at most {most:g}"
    ),
    "feature_not_so": "{attribute}: {feature=} is not so",
    "features_of_others": "{file} names features that {table} has not: {unknown}",
    "few_dates": "dates, such as {value}, treated as names without an order",
    "few_provided": (
        "{provider=} has {count:person|people} to learn from; {remedy=} with {dial=} needs at "
        "least {least:,}"
    ),
    "few_second_answers": (
        "{home=} has {count:person|people} to train on with an answer to {label=}; at least "
        "{least} are needed"
    ),
    "field_fault": "{field}: {fault}",
    "field_value": "{field=value}",
    "figures_missed": "{name} misses published figures, nothing written\n{checks}",
    "file_changed": "{file} has sha256 {found}, must be {wanted}",
    "file_empty": "the file is empty; it needs a header and rows",
    "file_is_database": "the file is a database, not a table",
    "file_is_excel": "It is an Excel workbook.",
    "file_is_gone": "file {name!r} is not in memory any more; choose it again",
    "file_is_gzip": ("the file is compressed with gzip; unpack it first"),
    "file_is_old_workbook": ("the file is a workbook of an old format; save it as .xlsx or CSV"),
    "file_is_parquet": "It is a Parquet file.",
    "file_is_pdf": "the file is a PDF document, not a table",
    "file_is_picture": "the file is a picture, not a table",
    "file_is_text": "Text in {encoding}; cells are separated by {separator}s.",
    "file_not_read": "the file was not read",
    "file_not_utf8": (
        "It is not UTF-8 and was read as {encoding}: look at {letters}; {flag:encoding} states "
        "another."
    ),
    "file_too_large": ("the file has more than {megabytes} MB ({bytes:,} bytes), the most allowed"),
    "file_too_long": "the file has more than {most:,} rows, the most allowed",
    "file_too_long_or_wide": (
        "the file has {rows:,} rows and {columns:,} columns; at most {most_rows:,} and "
        "{most_columns} are allowed"
    ),
    "file_too_wide": ("the file has {columns:,} columns; at most {most} are allowed"),
    "file_took_too_long": (
        "the file was not read within {seconds} s, the most allowed here ({variable}); "
        "use fewer rows or columns"
    ),
    "file_without_rows": "the file has a header and no rows",
    "files_of_address": (
        "{most} tables an hour are taken from one address; try again in {seconds:,} s"
    ),
    "files_waiting": (
        "{waiting} files are being read, and at most {most} may be; try again in a minute"
    ),
    "folder_lacks": "{folder} must hold {names}; absent: {absent}",
    "folder_of_another_sweep": (
        "{folder} holds another sweep: its {name} is different; name another folder"
    ),
    "folder_of_others": "{folder} holds files, but no sweep; name another folder",
    "formulas": (
        "{column}: formulas without results; a spreadsheet program stores them as it saves."
    ),
    "frame_unusable": "the DataFrame cannot be read: {reason}",
    "from_below": "{field=value} must be in [{low}, {high})",
    "gap_closed_not_relaxed": (
        "{max_gap=} must be {option:max_gap=0} or {option:max_gap=none} with {stage=}: this "
        "gap can be closed, not relaxed"
    ),
    "gathered_not_with": (
        "{mechanism=}, {stage=}: gathered people need mechanism=none and stage=in"
    ),
    "given": (
        "Bins and groups were given. Epsilon covers the rest only if they, and your other "
        "statements about the file, were made without looking at these rows, which cannot "
        "be checked here."
    ),
    "groups_not_named": "{protected=} but {groups=}",
    "groups_of_column": "groups of {column}",
    "groups_or_edges": "{name}: give either groups or edges with labels",
    "guess_randomised": (
        "this room chose ε = {epsilon:g}: a phone sends a choice as it is with a chance of "
        "{keep:.0%}, and each other one in its place with a chance of {other:.0%}"
    ),
    "hides_all_but_one": ("{hide=} leaves no column beside {column}; keep at least one"),
    "hides_every_column": "{hide=} leaves no column; keep at least one",
    "home_is_largest": (
        "{home!r} is the largest community itself and cannot adapt its own model; name another "
        "provider"
    ),
    "identifier": "an identifier: every row has a different value",
    "in_text": ("a number within text, as in “{value}”, not read as an amount"),
    "intensity_in_name": (
        "the intensity goes into a field of its own: shift={shift}, "
        "shift_intensity={shift_intensity}"
    ),
    "intensity_not_a_number": ("the intensity {value!r} of {name} must be a number in [0, 1]"),
    "intensity_of_shift": "{field=value} of {name} must be in [0, 1]",
    "intensity_out_of_range": "the intensity {value} of {name} must be in [0, 1]",
    "knee_of_others": "a knee needs a front of 2 objectives, not {count}",
    "label_absent": ("{label=} is absent on some comments; use one that all have"),
    "label_not_named": "{table} has several labels, name one of: {known}",
    "label_not_numbers": "label {name!r}: {column!r} holds {reason}",
    "label_not_yes_or_no": "label {name!r}: {column!r} must hold yes or no",
    "label_of_others": (
        "{communities=} are cut by people's labels, so another label gives other "
        "communities; use another cut, or a provider of {label=}"
    ),
    "label_protected": ("column {column!r} is the label and cannot be protected too"),
    "label_used_otherwise": "column {column!r} is the label and cannot be {use} too",
    "label_without_answers": "label column {column!r}: no row has an answer",
    "labels_not_as_bins": "{name}: {count} labels for {bins} bins",
    "labels_of_their_own": (
        "{communities=} are cut by what they predict, so {remedy=} has no second label of them"
    ),
    "left_out": "left out",
    "left_out_by_choice": "Left out by your choice: {columns:8}.",
    "lesson_answer": (
        "{file}, line {line}: this is no answer; run tradeoffs lessons precompute {folder}"
    ),
    "lesson_cycle": "{file}, line {line}: {names} are defined by each other; break the circle",
    "folder_not_empty": "{path} is not an empty folder; choose another one",
    "lesson_exists": "{path} already exists; choose another name",
    "lesson_file_large": "{file} has {size:,} bytes; at most {most:,}: shorten it",
    "lesson_file_missing": (
        "{folder}/{file} is missing; a lesson is a folder with lesson.toml and en.md"
    ),
    "lesson_half_translated": (
        "{file}: half translated; absent: {absent:12}; not in en.md: {more:12}"
    ),
    "lesson_heading_alone": "{file}, line {line}: {name!r} stands below no ## heading; add one",
    "lesson_heading_twice": (
        "{file}, line {line}: the heading {name!r} appears twice; rename or remove one"
    ),
    "lesson_markup": (
        "{file}, line {line}: this would be read as HTML; write plain Markdown without tags"
    ),
    "lesson_name": (
        "{name!r} must be of small letters, digits and _, beginning with a letter, at most 60"
    ),
    "lesson_name_taken": "{name!r} is a lesson of the project; give the folder another name",
    "lesson_no_title": "{file}, line {line}: the title is missing; begin with # and the title",
    "lesson_not_utf8": "{file}, line {line}: this is not UTF-8; save the file as UTF-8",
    "lesson_other_places": (
        "{file}: {name}: other places in braces than en.md has; write {places}"
    ),
    "lesson_stale": (
        "step {step} of {name} is not computed; run tradeoffs lessons precompute {at}"
    ),
    "lesson_text_missing": "{file}, line {line}: of {of}, the text is missing; write {name}",
    "lesson_too_few": "{file}, line {line}: {name} needs at least {least:item|items}; add some",
    "lesson_toml": "{file}, line {line}: this is not TOML: {reason}; mend that line",
    "lesson_unknown": ("{file}, line {line}: unknown {kind} {name!r}; use one of: {known}"),
    "lesson_unused": "{file}, line {line}: nothing uses the {kind} {name!r}; use or remove it",
    "lesson_wrong": "{file}, line {line}: {name}: {reason}",
    "like_missing": ("values that may mean missing: {words:word_cells}; {flag:missing} says so"),
    "locked_without_phones": "{phones=} must be 1 or more where phones are to be locked",
    "low_not_below_high": "{low=} and {high=} must be finite, low below high",
    "budget_not_with_remedy": (
        "{remedy=} is possible without a privacy budget only: {reason}; use {epsilon=}"
    ),
    "budget_with_remedy": "{remedy=} needs a privacy budget, so set one: {reason}",
    "mechanism_not_with_remedy": (
        "{remedy=} is not possible with {mechanism=}, only with {known:mechanism}: {reason}"
    ),
    "mechanism_not_with_stage": (
        "{mechanism=} is not available with {stage=}: {reason}; use {ways}, or "
        "one of the stages {stages:stage}"
    ),
    "merged_twice": "{merge=}: {value!r} is stated twice",
    "missing_absent": "Stated as missing, and in no cell: {words:8}.",
    "missing_cells": "missing: {cells:word_cells}",
    "missing_cells_of_values": (
        "missing: {cells:word_cells}; {flag:missing {column}=} takes such words as values"
    ),
    "mixed": (
        "numbers, and {cells:,} cells that are not numbers: {words:word_cells}; "
        "{flag:missing} counts such words as missing, {flag:nominal} takes all values as "
        "names"
    ),
    "moves_slowed": (
        "You move controls faster than this server takes: it answers your last moves together."
    ),
    "models_agree": "the models say the same",
    "models_as_guessed": "the models say the same: {value}",
    "models_measured": "the models say “{told}”: {value}",
    "models_measured_beside": "the models say “{told}”, guessed by {count}: {value}",
    "models_say": "the models say “{told}”",
    "models_say_beside": "the models say “{told}”, guessed by {count}",
    "models_waiting": (
        "{waiting:,} models are waiting for this machine, which takes no more than {most:,} at "
        "a time; try again in a moment"
    ),
    "needs_epsilon": "{epsilon=} gives no privacy guarantee; set a budget",
    "negative": "{field=value} must be a finite number, at least 0",
    "no_answer_taken": "no value: {rows:row|rows}, {taken}",
    "no_value_in_all_seeds": "none has one in all of its seeds",
    "no_axis_value": ("no setting has a value on both axes, {x} and {y}: {reasons}"),
    "no_case": "this table has no composite persons; describe one whole",
    "no_column_left": "no column is left for models to see; at least 1 is needed",
    "no_common_seed": ("{column}: the two configurations have no seed in common yet"),
    "no_community": "{communities=}: no community can be measured; {reason}",
    "no_composite_persons": (
        "{dataset} has no composite persons; describe one by a value of every feature: {known}"
    ),
    "no_configuration": "configuration=[] must name at least one column",
    "no_deployment_shift": ("no shift at deployment has an intensity above 0; state at least one"),
    "no_certificate": (
        "{field} must name a file, as {address!r} is reached over TLS: the certificates are "
        "stated by TRADEOFFS_TLS_CA, TRADEOFFS_TLS_CERT and TRADEOFFS_TLS_KEY"
    ),
    "no_difference": ("{column} is undefined or infinite, so it has no difference"),
    "no_distributed": (
        "the address {address!r} needs the package distributed, which is not installed; install "
        "tradeoffs[dask]"
    ),
    "no_files_taken": "this server does not accept files",
    "no_header": "The file has no header: columns are numbered.",
    "no_history": "{field=value} must be at least one history",
    "no_level_with_both_groups": "no level of {levels} has at least two people of each group",
    "no_model_with": "no model has {fields}",
    "no_origin": "the table {table!r} records no origin; known: {known}",
    "no_package_there": (
        "a worker of the scheduler cannot import the package tradeoffs ({reason}); install it there"
    ),
    "no_picture": "no picture can be drawn: {reason}",
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
    "no_scenario": "there is no scenario to run; give at least one",
    "no_scheduler": (
        "{field=value} must be the address of a Dask scheduler, such as tcp://host:8786, or "
        "local; none answers there ({reason})"
    ),
    "no_shared_value": (
        "column {column!r} has no value that {least} rows share; a column of names or numbers "
        "of cases cannot be used"
    ),
    "no_store": "it is not a store of results",
    "no_such_format": "{out=} must end in {known}, or be -",
    "no_such_value": ("{what}: {value!r} is no value of column {column!r}, which has: {some}"),
    "no_table": "{source!r} must be a file or a pandas DataFrame",
    "no_text": "{field=value} must say what is shown",
    "no_times": "the table {table!r} records no times",
    "no_training_shift": ("no shift at training has an intensity above 0; state at least one"),
    "no_worker_address": (
        "{address=} must be the address of a Dask scheduler, such as tcp://host:8786 or "
        "tls://host:8786, and the files of certificates must be readable"
    ),
    "nobody": "there are no people to select",
    "nobody_provides": (
        "{home=} is the only one of {communities=} with enough people, so nobody else has a model"
    ),
    "not_a_budget": "{part!r} is not of the form community:epsilon",
    "not_a_codebook": "{file} is not a codebook: {reason}",
    "not_a_count": "count {name!r} must hold whole numbers in [0, {high}]",
    "not_a_number": "{field=value} must be a number in [{low}, {high}]",
    "not_a_number_nor_one_of": "{field=value} must be a number or one of: {known}",
    "not_a_number_or_none": ("{field=value} must be a number in [{low}, {high}], or none"),
    "not_a_pair": "{part!r} is not of the form name:intensity",
    "not_a_shift_name": "{name!r} is no name of a shift, with .option or without",
    "not_an_assignment": "{text!r} is not of the form FIELD=VALUE",
    "not_chosen": "not among the columns you chose",
    "not_csv": "line {line:,} is not CSV: {reason}",
    "not_in_words": "{field=value} must be {bound}",
    "not_integers": "index of type {kind} must hold integers",
    "not_loopback": "{url=} must be http:// and one of {known}, with its port",
    "not_names": "{field=value} must be at most {most} names",
    "not_numbers": "{values=} must be a list of {count} numbers",
    "not_numbers_cells": "{cells:,} cells are not numbers and count as missing",
    "not_of_the_form": "{field=value} is not of the form {example}",
    "not_offered": "{field=value} is not offered; use one of: {known}",
    "not_one_a_column": "values: {given} of them, must be {count}, one a column",
    "not_one_attribute": "{protected=} must be one attribute",
    "not_one_of": "{field=value} must be one of: {known:{field}}",
    "not_paid": "{pay=} must be above 0, in dollars a vote",
    "not_pairs": ("{field=value} must be at most {most} pairs of a name and a number in [0, 1]"),
    "not_positive": "{field=value} must be a finite number above 0",
    "not_text": "{field=value} must be text of at most {most} characters",
    "not_text_file": (
        "the file is not text: {control:,} of {bytes:,} bytes are control characters"
    ),
    "not_two_objectives": "x={x}, y={y} must be two of {known}",
    "not_whole": "{field=value} must be a whole number in [{low}, {high}]",
    "not_whole_rounds": "{drawn=} must make {steps} steps a whole number of rounds",
    "nothing_improves": ("no objective is to improve; name at least one"),
    "nothing_may_fall": (
        "no objective may get worse, so no step is possible; let at least one get worse"
    ),
    "nothing_to_split": (
        "{width=} leaves {remedy=} nothing to cut: it needs a network of 1 hidden unit or more"
    ),
    "notion_not_bounded_by_stage": ("{notion=} cannot be bounded by {stage=}; use: {known:notion}"),
    "notion_not_constrained": ("{notion=} is measured, not constrained; use: {known:notion}"),
    "number_read_as": (
        "{column}: “{text}” was read as {value:.15g}; {flag:decimal} states the sign."
    ),
    "number_too_large": ("column {column!r} holds {value}, which must be in [-{most:g}, {most:g}]"),
    "numeric_and_nominal": "column {column!r} is stated as numeric and as nominal",
    "objectives_alike": "{x=} and {y=} must differ",
    "objectives_not_different": "{objectives=} must be at least two different ones",
    "one_cell": (
        "the first row has 1 cell, {cell!r}; it must name the columns, at least 2, separated "
        "by commas, semicolons, tabs or pipes"
    ),
    "one_community": (
        "{communities=} leaves {count:community|communities} with people to train on; at least 2 "
        "are needed"
    ),
    "one_label_only": "{remedy=} needs a second label, and the table {dataset!r} has one only",
    "one_outcome": "a reference model needs both outcomes",
    "only_with": "{field=value} must be {wanted!r} here",
    "only_with_alone": ("{field=value} needs remedy=alone; with {remedy!r} it must be {default!r}"),
    "open_without_room": "{flag:open} goes with {flag:room}",
    "other_columns": "{configuration=} must name the same columns: {known}",
    "other_recipe": "training recipe {there} in place of {here}",
    "other_version": "{name} {there} in place of {here}",
    "other_versions": (
        "a worker of the scheduler has {differing}, so its results would be others; install the "
        "same versions there"
    ),
    "out_of_range": "{field=value} must be in [{low}, {high}]",
    "own_questions_waiting": (
        "{waiting} of your questions are waiting; ask again when one of them is answered"
    ),
    "own_table_gone": (
        "{dataset=} is not here: a visitor's own table is kept in memory for them alone "
        "and deleted when they leave; import the file again"
    ),
    "own_table_needs": "your own table needs {options}",
    "own_tables_held": (
        "{held:visitor's table is|visitors' tables are} in this machine's memory, which "
        "holds at most {most}; try again later"
    ),
    "package_lacks": "{file} lacks a file of the recipe: {reason}",
    "padded_codes": ("taken as codes, not as amounts; {flag:numeric} says otherwise"),
    "parquet_unreadable": "the Parquet file cannot be read: {reason}",
    "part_not_usable": "{place} {reason}",
    "part_of_others": (
        "{file} has {rows:row|rows}, not {wanted:,}; delete it, and the same command writes it "
        "again"
    ),
    "pay_buys_too_little": "{pay=} buys {many} comments; {least} are needed",
    "person": (
        "Epsilon protects a person with all their rows: training uses one row for each "
        "person, so one person changes one record."
    ),
    "person_incomplete": "a person needs a value of every feature; absent: {absent}",
    "persons_used": ("{persons:,} persons: one row of each is used, {spare:,} are left out."),
    "phones_of_own": (
        "{phones=} need an explorer of their own, in which a room is opened: leave out {url=}"
    ),
    "pin_left_out": "the pin {pin!r} is left out: {reason}",
    "pins_too_many": (
        "{count:setting is|settings are} pinned, at most {most} can be; only the first {most} are "
        "read"
    ),
    "pipe": "pipe",
    "point": "point",
    "pooled_choice": "{count} of {answers} guessed “{choice}”",
    "pooled_choice_before": "the first time, {count} of {answers} guessed “{choice}”",
    "pooled_choice_between": "{low} to {high} of {answers} guessed “{choice}”",
    "pooled_choice_estimated": (
        "about {count} of {answers} guessed “{choice}” (95 %: {low} to {high}), estimated from "
        "randomised answers"
    ),
    "pooled_choice_open": "the data cannot tell",
    "pooled_choices": "guessed by {count} of {answers} each: {choices}",
    "pooled_choices_hidden": "{answers:answer|answers}, too few of each to be shown",
    "pooled_direction_open": "the data cannot tell the direction: measured is {value}",
    "pooled_estimates_open": (
        "which answer most guessed cannot be told from {answers:randomised answer|randomised "
        "answers}: the intervals overlap"
    ),
    "pooled_few_phones": (
        "{answers:answer|answers}, of which fewer than {least} by phone: they would follow from "
        "all and those on paper, so nothing is shown"
    ),
    "pooled_flow": "{count} changed from “{first}” to “{second}”",
    "pooled_hidden": "{answers:answer|answers}, too few to be shown",
    "pooled_line_moved": "the median line moved most at {x}: from {first} at first to {second} now",
    "pooled_line_same": "the median line is where it was the first time",
    "pooled_lines": (
        "the median of {answers:line|lines} is off by {mean} on average; most at {x}, where it is "
        "{drawn} and {measured} was measured"
    ),
    "pooled_lines_alone": "{answers:line was|lines were} drawn",
    "pooled_median_alone": "the median of {answers:guess|guesses} is {median}",
    "pooled_median_before": "the first time, the median was {median}",
    "pooled_moved_down": "{count} lowered their guess",
    "pooled_moved_up": "{count} raised their guess",
    "pooled_not_measurable": "this cannot be measured here",
    "pooled_numbers": (
        "the median of {answers:guess|guesses} is {median}; measured is {value}. Guesses below "
        "this interval: {below}; within it: {inside}; above it: {above}"
    ),
    "pooled_numbers_exact": (
        "the median of {answers:guess|guesses} is {median}; measured is {value}. Lower guesses: "
        "{below}; as close as can be guessed: {inside}; higher: {above}"
    ),
    "pooled_vote": "{count} of {answers} voted “{choice}”",
    "price_twice": "the price {name} is stated twice, as {first} and as {second}",
    "proposed": (
        "Bins, groups and lists of values were derived from these rows: {names:8}. They "
        "are statistics of these people, and epsilon does not cover them unless you give "
        "a codebook that was made without looking at the rows."
    ),
    "protected_constant": (
        "protected column {column!r} has the same value in every row, so there are no groups "
        "to compare; choose another column"
    ),
    "protected_count": "{count} protected columns; from 1 to {most} are needed",
    "protected_in_no_column": (
        "{protected=} must be defined by a column that the model sees with {stage=}; use "
        "another stage"
    ),
    "protected_not_in_a_column": (
        "{protected=} must be defined by a column that the model sees with {stage=}; use: "
        "{known:protected}"
    ),
    "protected_number_missing": (
        "protected column {column!r} is missing in {rows:,} rows; a number that is cut into "
        "groups must be known in every row"
    ),
    "provider_is_home": "{provider=} is the home community; a provider has to be somebody else",
    "provider_protects_itself": (
        "with {remedy=} the noise on votes already protects the provider's people; use "
        "provider={known!r} instead of {provider!r}"
    ),
    "provider_without_epsilon": (
        "{provider=} protects its people with the setting's epsilon, and none is set; set "
        "epsilon, or use provider={known!r}"
    ),
    "questions_waiting": "{waiting} questions are waiting; ask again in a minute",
    "rare": ("no value is shared by {rows} rows, as in a column of names"),
    "red_line_left_out": "the red line {line!r} is left out: {reason}",
    "red_line_twice": (
        "of two red lines for {objective!r}, {first:g} is kept and {second:g} left out"
    ),
    "reference_not_worse": (
        "reference of {name}={reference} must be finite and worse than its ideal {ideal} "
        "(better is {better})"
    ),
    "remedy_without_dial": "{dial=}: {remedy!r} has no parameter; leave it none",
    "renamed": "Several columns are called “{old}”; one is “{new}” here.",
    "results_lost": "{lost} of the results did not come back from the worker",
    "room_action": "{action} is not possible now: the round is {phase}",
    "room_alone": (
        "phones do not reach this server, which answers this machine alone, at {address}; stop it, "
        "start it by {command} on a network that phones share, and open the room again"
    ),
    "room_answer_shape": "the answer to “{title}” has another form than is asked for",
    "room_answers": "{seats} in the room, {answered} answered",
    "room_approve_shape": "approve must be a list of names of candidates",
    "room_body_not_read": "what was sent cannot be read: it has to be {kinds}",
    "room_body_too_long": "what was sent is too long; at most {most:,} bytes are allowed",
    "room_chose": "the room chose ε = {epsilon}",
    "room_chose_none": "the room chose that guesses are sent as they are",
    "room_few_settings": (
        "{settings:setting|settings} of this front can be compared; a room needs at least {least}"
    ),
    "room_file": "the file of rooms {file} cannot be used: {reason}",
    "room_full": "all {most} seats of room {code} are taken",
    "room_guesses": (
        "too many wrong codes or keys came from your network; try again in {seconds:second|seconds}"
    ),
    "room_host_unknown": (
        "this is not the host's link of room {code}: its code or key is another one, or the room "
        "has ended and is deleted"
    ),
    "room_joins": (
        "very many joined from your network just now; try again in {seconds:second|seconds}"
    ),
    "room_key_wrong": "this is not the key of the host of room {code}",
    "room_line": "a line has a number at each of its {places} places",
    "room_locked": "room {code} is locked: its host lets nobody else in",
    "room_moved_on": (
        "somebody else pressed a button in this room just before you, so nothing was done"
    ),
    "room_no_paper": (
        "answers on paper are typed while their round is open, or closed and not yet revealed"
    ),
    "room_not_open": "“{title}” takes no answers now: its host has not opened it, or has closed it",
    "room_not_revealed": "the host has not revealed this result",
    "room_options_arrays": "arrays of {shape}",
    "room_options_large": (
        "{settings:setting|settings} are too many for a room: {size:,} bytes, at most {most:,}"
    ),
    "room_options_unread": "these are not the settings of a room: {reason}",
    "room_paper": "at most {most} answers on paper can be typed in a round",
    "room_paper_number": "{value!r} is not a number; write one number for each answer on paper",
    "room_phones": (
        "{most:,} phones listen already, which is the most; ask again in {seconds:second|seconds}"
    ),
    "room_points": "the points sum to {total}; they must sum to {most}",
    "room_points_shape": "points must be whole numbers by name of an objective",
    "room_qr": "QR code of {address}",
    "room_record_alone": (
        "{options} are for serving rooms, and a record is not served; leave them out"
    ),
    "room_record_format": "its format is not “{format}”",
    "room_record_lacks": "it lacks {parts}",
    "room_record_no_settings": "this is the record of a class, which chose among no settings",
    "room_record_own_table": (
        "the room used somebody's own table, which is not in its record: its settings cannot be "
        "trained again here"
    ),
    "room_record_unread": "this is not the record of a room: {reason}",
    "room_rounds": "a room has 1 to {most} rounds, each with a name of its own",
    "room_said_once": (
        "an answer that is replaced at random is sent once: a second one would tell more about it"
    ),
    "room_seat_unknown": "this phone has no seat in room {code}; join again",
    "room_seats": "{seats} in the room",
    "room_session_full": (
        "you host {most} rooms already, which is the most; end one before you open another"
    ),
    "room_statement_unknown": "there is no such statement; its text may have changed meanwhile",
    "room_tables": "a room has at most {most} tables, each with a name of its own",
    "room_text": "{field} must be text",
    "room_text_too_long": "{field} has {count} characters; at most {most} are allowed",
    "room_too_many": (
        "{most} rooms are open here, which is the most; one has to end before another begins"
    ),
    "room_unknown": (
        "no room has the code {code!r}: it is another one, or the room has ended and is deleted"
    ),
    "room_whole_number": "{field=value} must be a whole number",
    "room_without_baseline": (
        "the model without a constraint on the gap and without privacy is not measured yet in all "
        "objectives, and a room needs it to compare with; open the room when it is"
    ),
    "rooms_need_a_file": ("{field=value} must be the file in which an explorer keeps its rooms"),
    "rooms_off": "there are no rooms on this server; TRADEOFFS_ROOMS allows them",
    "row": ("Each row counts as one person: epsilon protects a row, not a person who has several."),
    "row_of_other_width": "{place} has {cells:,} cells, the first row has {first:,}",
    "row_of_several": (
        "Each row counts as one person: epsilon protects a row, not a person who has several, "
        "as some may by {several:8} ({flag:id})."
    ),
    "rows_beyond_limit": (
        "{rows=} must be at most {most:,} for a model to be trained on this server; what is "
        "stored is shown"
    ),
    "rows_kept_together": "which equal rows are kept together",
    "rows_not_as_published": ("{year}: {found} rows, with weight, people; must be {published}"),
    "rows_of_others": "row_id holds rows that are not in {table}",
    "rows_read": (
        "Rows read: {read:,}; blank and skipped: {blank:,}; equal to an earlier one in every "
        "cell: {repeated:,}."
    ),
    "rows_share_configuration": (
        "two rows share their configuration, seed and split; {configuration=} must name "
        "every column in which models differ"
    ),
    "rows_unanswered": ("Left out first, without a usable label: {rows:row|rows}."),
    "rows_weightless": "Left out next, with weight 0: {rows:row|rows}.",
    "running_number": ("a running number: whole numbers, all different and in order"),
    "same_as": "the same values as “{other}” in every row",
    "same_place_trained_and_deployed": (
        "{name} is where training and deployment are: nothing shifts; name two"
    ),
    "scenario_not_json": "the scenario is not valid JSON: {reason}",
    "scenario_not_object": "a scenario is a JSON object, not {kind}",
    "second_label": "{provider=} is no second label, which {remedy=} needs; use: {known}",
    "seed_too_large": ("{field=value} must be in [0, {high}]: it stands for {block} training runs"),
    "seeds_beside_axis": "{seeds=} must be 1 where seed is an axis of its own",
    "semicolon": "semicolon",
    "separator_reading": "{separator} ({columns} columns)",
    "several": "{faults:;}",
    "several_rows": (
        "looks like an identifier: {persons:,} values in {rows:,} rows, so a person may have "
        "several rows; {flag:id} keeps them together"
    ),
    "server_away": "the server cannot be reached, or refuses the connection",
    "server_fails": "the server reports {code}",
    "server_forbids": "its user may not make or write the tables",
    "server_full": "the server's disk is full",
    "server_read_only": "the server only reads",
    "several_sheets": (
        "{count} sheets of the workbook hold something ({some:8}); save the one that you "
        "mean as a separate file"
    ),
    "sockets_of_address": (
        "{there} connections are open from your address, and at most {most} may be; close tabs "
        "that you do not need"
    ),
    "shift_among_communities": (
        "shift {shift!r} is not available among communities: each is measured on its own "
        "people, and that is the shift"
    ),
    "shift_leaves_few_rows": (
        "the shift leaves {rows} rows, fewer than {least}, so nothing can be measured"
    ),
    "shift_leaves_nobody": (
        "the shift leaves nobody in the group {group!r}, so nothing can be measured"
    ),
    "shift_needs_column": "the shift needs {column}, which {table!r} lacks here",
    "shift_needs_columns": ("the shift needs {count} ordered columns, which {table!r} lacks here"),
    "shift_needs_option": ("the shift {name!r} needs a {kind}, as in {example}; known: {known}"),
    "shift_not_at_deployment": "the shift {name!r} is for training, not for deployment",
    "shift_not_in_training": "the shift {name!r} is for deployment, not for training",
    "shift_not_private": (
        "the shift {name!r} is not available in training at a finite epsilon: {reason}"
    ),
    "shift_stated_twice": "the shift {name!r} is stated twice; state it once",
    "shift_takes_no_option": "the shift {name!r} takes no option, not {given!r}",
    "shift_twice": "a shift is stated twice; state it once",
    "shut_down": "the explorer was shut down",
    "shift_without_options": "the shift {name!r} needs {kind}s; {dataset} has none",
    "sigma_or_epsilon": "{epsilon=} and {sigma=}: give one of the two",
    "stage_not_attacked": (
        "{stage=} is not attacked: models of its kind are not trained on random halves; use: "
        "{known:stage}"
    ),
    "stage_without_bound": (
        "{max_gap=} must be {option:max_gap=none} with {stage=}: it has a strength and no bound"
    ),
    "stopped_before_it_began": "it was stopped before it began",
    "store_begun_anew": (
        "{name} could not be read ({reason}). It was kept as {kept} and a new one begun."
    ),
    "store_foreign": (
        "{name} is left as it is, as {reason}: results are kept for as long as the program runs."
    ),
    "store_is_newer": ("it was made by a newer version: its schema is {version}, not {known}"),
    "store_lacks_tables": "it lacks {count} of its tables",
    "store_rows_unread": "Some rows of {name} could not be read; they are computed anew.",
    "store_unread": "{name} could not be read ({reason}) and is not used.",
    "store_unwritable": (
        "{name} cannot be written ({reason}): results are kept for as long as the program runs."
    ),
    "store_of_something_else": "it is another program's database",
    "sweep_failed": (
        "{failed:task|tasks} of the sweep failed, first that of {scenario}: {reason}; the other "
        "models are in {folder}, and the same command tries again"
    ),
    "sweep_too_large": "the sweep has {size} models; at most {most} are allowed",
    "sweep_too_large_for_a_table": (
        "the sweep has more than {most:,} models, the most in one table; `tradeoffs sweep --out "
        "FOLDER/` writes more"
    ),
    "tab": "tab",
    "table_changed": (
        "{file} has sha256 {found}.., its codebook says {wanted}..; restore it, or in a "
        "checkout run `python data/build.py {table}`"
    ),
    "table_lacks_columns": "{dataset=} must hold {columns}",
    "table_of_other_codebook": (
        "{file} was not made with this codebook; restore it, or in a checkout run "
        "`python data/build.py {table}`"
    ),
    "table_without_cases": "{dataset} has no composite persons",
    "tables_not_as_published": "{found} rows, must be {published}",
    "taken_favourable": "favourable",
    "taken_unfavourable": "unfavourable",
    "tells_label": "a near copy of the label: it determines {share:.0%} of it",
    "too_few_answers": (
        "label column {column!r} is favourable in {yes:,} of {rows:,} rows; at least "
        "{least} rows must be favourable and at least {least} must not"
    ),
    "too_few_communities_to_hide_one": (
        "{communities=} must be at least {least} where a whole community is protected: "
        "among fewer, noise that hides one also hides what all have in common"
    ),
    "too_few_groups": "{name}: {count} group; give at least 2",
    "too_few_known_answers": (
        "label column {column!r} is known in {rows:,} rows, of which {train:,} are drawn for "
        "training and {test:,} for testing; at least {least_train} and {least_test} are "
        "needed, some 400 rows in all"
    ),
    "too_few_of_a_kind": ("{rows=} needs {wanted} people of a kind, but there are only {count}"),
    "too_few_participants": (
        "{remedy=} needs at least {least} communities that take part, not {count}"
    ),
    "too_low": "{field=value} must be a number, at least {least}",
    "too_many_bins": ("the columns have {bins:,} bins; at most {most:,} are allowed"),
    "too_many_columns_drawn": "xs has {count} columns; must be 1 to {most}",
    "too_many_groups": (
        "protected column {column!r} has {values:,} different values as groups; their number "
        "must be in [2, {most}]; {flag:merge} takes values together, {flag:bins} cuts numbers"
    ),
    "too_few_rows": (
        "{rows=} must be at least {least} where the table is not cut into communities"
    ),
    "too_many_rows": "{rows=} must be at most {most} in {dataset}",
    "too_many_seats": "{name} has {count} seats; at most {most} are allowed",
    "too_many_steps_for_prv": ("{steps=} must be fewer for prv at this noise; rdp takes them"),
    "training_diverged": ("the training run with seed {seed} diverged, so it explains nothing"),
    "training_failed": "the models could not be trained",
    "training_shifts_leave_few": (
        "{rows=} with {training_shifts=} leaves about {left:.0f} people in training; {least} "
        "are needed"
    ),
    "training_shifts_move_groups": (
        "{training_shifts=} changes who is in which group, or the column that defines it: "
        "not available with {stage=}"
    ),
    "undefined_in_hypervolume": (
        "values must be defined: leave undefined models out of a hypervolume"
    ),
    "unexpected_error": "the computation stopped at an unexpected error ({kind})",
    "unit": "numbers written with {unit}",
    "unit_cells": "{word} ({cells:,})",
    "unit_cells_empty": "no sign ({cells:,})",
    "units": (
        "numbers in several units: {cells:unit_cells}; a column of amounts has one, and "
        "{flag:nominal} takes all values as names"
    ),
    "unknown": "unknown {kind} {name!r}; known: {known}",
    "unknown_column_of_file": "unknown column {name!r}; known: {known:12}",
    "unknown_encoding": "unknown {encoding=}; known: {known} and others",
    "unknown_in": "{where}: unknown {name!r}; known: {known}",
    "unknown_in_crossing": ("unknown attribute {name!r} in {crossing!r}; known: {known}"),
    "until_what": ("a class with an end needs the value where it ends"),
    "unusable": "{reason}",
    "use_feature": "feature",
    "use_id": "id",
    "use_label": "label",
    "use_open": "open",
    "use_weight": "weight",
    "used_as": "{use}: {reason}",
    "utf_8_in_part": "utf-8, though some letters are",
    "value_in_rows": "{value} ({rows:row|rows})",
    "values_repeat": "{name}: {values} must not repeat",
    "votes_not_as_published": "votes by {asked} are {found}, must be {published}",
    "votes_out_of_range": "votes from {least} to {most} must be in [0, {high}]",
    "weight": "may be a survey weight; {flag:weight} says so",
    "weight_below_zero": (
        "weight column {column!r} holds {value:g} and is below 0 in {rows:row|rows}; each row "
        "needs a number of at least 0"
    ),
    "weight_is_text": (
        "weight column {column!r} holds {value!r}, which is read as text; each row needs a "
        "number of at least 0"
    ),
    "weight_missing": (
        "weight column {column!r} has no value in {rows:row|rows}; each row needs a number of "
        "at least 0"
    ),
    "weight_used_otherwise": (
        "weight column {column!r} cannot also be protected, or identify the person of a row"
    ),
    "weight_zero": ("weight column {column!r} is 0 in every row; at least one must be above 0"),
    "weighted": (
        "“{title}” is a survey weight. Accuracy, gaps, group rates, base rates and their "
        "intervals are weighted: the {rows:,} test rows carry as much information as "
        "{effective:,.0f} of equal weight. Training, bounds, explanations, individual "
        "fairness, attacks and the figures about a shift count each row once. Whether a "
        "group is too small is decided by its number of rows: a rate needs {least}. "
        "Strata and clusters of the survey are not known here, so intervals do not "
        "include them."
    ),
    "weights_all_zero": (
        "{weights} of 0 alone say nothing, so all objectives count equally; make at least "
        "one larger than 0"
    ),
    "weights_not_positive": "sample_weight must be finite and above 0 in every row",
    "width_beyond_limit": (
        "{width=} must be at most {most} for a model to be trained on this server; what is "
        "stored is shown"
    ),
    "width_not_with_remedy": ("{width=} must be 0 with {remedy=}: {reason}"),
    "width_not_with_stage": "{width=} must be 0 with {stage=}: {reason}",
    "withheld_not_features": "{label}: {withheld=} must be some features",
    "word_cells": "“{word}” ({cells:,})",
    "word_cells_empty": "empty ({cells:,})",
    "workbook_damaged": "the file is a damaged workbook or zip archive",
    "workbook_too_large": ("the workbook unpacks to {bytes:,} bytes; at most {most:,} are allowed"),
    "workbook_unreadable": "the workbook cannot be read: {reason}",
    "worker_out_of_memory": "the worker stopped, perhaps for lack of memory",
    "worker_restarted": "the worker was restarted; what had arrived is kept",
    "worker_shut_down": "the worker was shut down",
    "worker_stopped": "the worker stopped",
    "worker_stopped_folder": (
        "the worker stopped, perhaps for lack of memory; what had arrived is in {folder}, and the "
        "same command goes on from there"
    ),
    "worker_stopped_often": (
        "the worker stopped {times} times at the same task, perhaps for lack of memory; what "
        "had arrived is kept"
    ),
    "worker_stopped_stored": (
        "the worker stopped, perhaps for lack of memory; what had arrived is stored"
    ),
    "workshop_clash": "no setting keeps the strictest lines of these together: {titles}",
    "workshop_clash_alone": "no setting keeps the strictest line for “{title}”",
    "workshop_fell": (
        "of the counts that are told exactly, approval of “{title}” changed most: it fell from "
        "{before} to {after}"
    ),
    "workshop_few": "{answered:seat has|seats have} answered, too few to be shown",
    "workshop_inside": (
        "{broken} of {settings} settings break somebody's red line; {kept:setting is|settings are} "
        "inside all of them"
    ),
    "workshop_inside_all": "all {settings} settings are inside all red lines",
    "workshop_inside_none": (
        "no setting is inside all red lines: each of the {settings} breaks somebody's"
    ),
    "workshop_joined": "“{text}” Joined by {joined} of {of}",
    "workshop_joined_hidden": "“{text}” How many joined is hidden",
    "workshop_kept_back": (
        "{answered:seat has|seats have} voted. The counts of the first vote are kept until after "
        "the second one, unless the host shows them"
    ),
    "workshop_largest_apart": (
        "the seat that loses most loses less by {less} than by {more}; the difference is {change} "
        "points"
    ),
    "workshop_largest_open": (
        "in the largest loss, {first} and {second} cannot be told apart; the difference is "
        "{change} points"
    ),
    "workshop_mean_apart": (
        "on average, seats lose less by {less} than by {more}; the difference is {change} points"
    ),
    "workshop_mean_open": (
        "in the mean loss, {first} and {second} cannot be told apart; the difference is {change} "
        "points"
    ),
    "workshop_most": "“{title}” has most votes: {count} of {answered}",
    "workshop_most_hidden": (
        "{answered:seat|seats} voted; what has most votes does not follow from the counts that are "
        "shown"
    ),
    "workshop_most_tied": "most votes, {count} of {answered} each: {titles}",
    "workshop_no_line": "nobody drew a red line",
    "workshop_no_statement": "no statement was written and approved",
    "workshop_pair_same": "{first} and {second} pick the same",
    "workshop_points": (
        "{chosen} of {answered} seats stand at {settings:setting|settings}; {none} chose none of "
        "these settings"
    ),
    "workshop_points_all": "all {answered} seats stand at {settings:setting|settings}",
    "workshop_points_none": "all {answered} seats chose none of these settings",
    "workshop_rose": (
        "of the counts that are told exactly, approval of “{title}” changed most: it rose from "
        "{before} to {after}"
    ),
    "workshop_rule": (
        "{rule} picks “{title}”. The seat that loses most by it loses {largest} of its 100 points; "
        "the mean loss is {mean}"
    ),
    "workshop_rule_none": "{rule} picks nothing: too few approvals are known of any candidate",
    "workshop_same": "no count that is told exactly in both votes changed",
    "workshop_same_pick": "all three rules pick the same",
    "workshop_texts_wait": (
        "{waiting:text waits|texts wait} for the host's approval; what is approved is shown here"
    ),
    "workshop_values": (
        "“{title}” has the highest median: {points} of 100 points ({answered:seat|seats} answered)"
    ),
    "workshop_values_tied": "the highest median, {points} of 100 points each: {titles}",
    "would_be_left_out": "would be left out: {reason}",
    "wrong_array": "{name} is {found}, must be {wanted}",
    "zeros_read_as": (
        "{column}: “{text}” was read as {value}; {flag:nominal} takes digits as codes."
    ),
    "zip_not_workbook": ("the file is a zip archive, not a workbook; unpack it first"),
}
