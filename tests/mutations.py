"""Mutations: known faults, put one at a time into a copy of the project; the tests must notice.

    python -m tests.mutations [NAME ...]

Each is a line of the product that is written otherwise, and the files of tests that are run on it,
which have to pass without it.  Ends with 1 if one is not noticed, or if the line it changes is not
there any more.

Source: DeMillo, Lipton, Sayward 1978, Hints on Test Data Selection, Computer 11(4).
"""

import importlib
import os
import shutil
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[1]
COPIED = ("tradeoffs", "pages", "server", "loadtest", "tests", ".streamlit", "data")
LOG = "tests.log"
CRASHED = 70
SLOW_TO_IMPORT = ("torch", "opacus", "fairlearn.metrics", "sklearn.linear_model", "pandas")
SLOW_TO_IMPORT += ("streamlit.testing.v1", "plotly.graph_objects")
CAUGHT, SURVIVED, GONE = "caught", "SURVIVED", "NOT THERE"


@dataclass(frozen=True, slots=True)
class Mutation:
    """A fault: where `old` stands once in a file, `new` is written."""

    name: str
    file: str
    old: str
    new: str
    tests: str  # separated by spaces


MUTATIONS = (
    # engine
    Mutation(
        "clipping divides by the squared norm",
        "tradeoffs/engine/clipping/flat.py",
        ".add_(OPACUS_FLOOR)",
        ".square_().add_(OPACUS_FLOOR)",
        "tests/engine/test_loop.py tests/engine/test_opacus.py",
    ),
    Mutation(
        "gradients are not clipped",
        "tradeoffs/engine/clipping/flat.py",
        ".clamp_max_(1))",
        ".clamp_max_(1).clamp_min_(1))",
        "tests/engine/test_loop.py tests/engine/test_opacus.py",
    ),
    Mutation(
        "noise is half as large",
        "tradeoffs/engine/loop.py",
        "gradient_sigma(s) * s.clip_norm if",
        "gradient_sigma(s) * s.clip_norm / 2 if",
        "tests/audit/test_suite.py tests/engine/test_loop.py",
    ),
    Mutation(
        "watching costs nothing",
        "tradeoffs/engine/constraint.py",
        "math.sqrt(1 - SHARE * ",
        "math.sqrt(1 - 0 * ",
        "tests/engine/test_private_statistics.py tests/engine/test_constraint.py",
    ),
    Mutation(
        "momentum is left out",
        "tradeoffs/engine/loop.py",
        "self.velocity[i].mul_(self.momentum[i])",
        "self.velocity[i].mul_(0)",
        "tests/engine/test_opacus.py tests/engine/test_loop.py",
    ),
    Mutation(
        "the learning rate is of the realised size",
        "tradeoffs/engine/loop.py",
        "* (1 / (batches.rate * people))",
        "* (1 / people)",
        "tests/engine/test_opacus.py tests/engine/test_loop.py",
    ),
    Mutation(
        "the mean is of one iterate too many",
        "tradeoffs/engine/loop.py",
        "total / self.remembered for",
        "total / (self.remembered + 1) for",
        "tests/engine/test_loop.py tests/engine/test_opacus.py",
    ),
    Mutation(
        "one draw serves two steps",
        "tradeoffs/engine/poisson_sampling.py",
        "step = step + 1 + np.floor",
        "step = step + 2 + np.floor",
        "tests/engine/test_poisson_sampling.py",
    ),
    Mutation(
        "the bound pushes the gap apart",
        "tradeoffs/engine/constraint.py",
        "net = (self.multiplier[0] - self.multiplier[1]) * self.able",
        "net = (self.multiplier[1] - self.multiplier[0]) * self.able",
        "tests/engine/test_constraint.py",
    ),
    Mutation(
        "the noise of the counts is forgotten",
        "tradeoffs/engine/constraint.py",
        "noise = counts_noise.transpose(1, 2) * sigma_counts",
        "noise = counts_noise.transpose(1, 2) * sigma_counts * 0",
        "tests/engine/test_private_statistics.py tests/audit/test_suite.py",
    ),
    Mutation(
        "models share their noise",
        "tradeoffs/engine/noise.py",
        "generator(int(key, 16)) if noise else None",
        "generator(int(row[0], 16)) if noise else None",
        "tests/engine/test_noise.py",
    ),
    Mutation(
        "reweighing is turned over",
        "tradeoffs/engine/sample_weights.py",
        "/ (whole * sizes)",
        "* sizes / whole**3",
        "tests/engine/test_sample_weights.py",
    ),
    Mutation(
        "velocities are not mixed",
        "tradeoffs/engine/mixing.py",
        "zip((parameters, velocity), matrices, strict=True)",
        "zip((parameters,), matrices[:1], strict=True)",
        "tests/engine/test_regime.py",
    ),
    Mutation(
        "a local model leaves an exchange whose noise covers the global one",
        "tradeoffs/engine/mixing.py",
        "self._set(shown, self.common)",
        "self._set(shown, self._own(shown))",
        "tests/engine/test_regime.py",
    ),
    Mutation(
        "updates of communities are not clipped",
        "tradeoffs/engine/mixing.py",
        "(rule.clip / square.sqrt().clamp_min(1e-30)).clamp_max(1)",
        "torch.ones_like(square)",
        "tests/engine/test_regime.py",
    ),
    Mutation(
        "the noise on a mean update forgets who is absent",
        "tradeoffs/engine/mixing.py",
        "rule.weights.max() / rule.participation",
        "rule.weights.max()",
        "tests/engine/test_regime.py",
    ),
    Mutation(
        "a frozen layer is in the norm that is clipped",
        "tradeoffs/engine/population.py",
        "self.second_square.mul_(self.live[0])",
        "self.second_square.mul_(1)",
        "tests/engine/test_regime.py",
    ),
    Mutation(
        "a pull forgets the momentum",
        "tradeoffs/engine/regime_state.py",
        "row[m].learning_rate / (1 - row[m].momentum)",
        "row[m].learning_rate",
        "tests/engine/test_regime.py",
    ),
    Mutation(
        "the server of split learning is not told to be sent labels",
        "tradeoffs/remedies/collaboration/split.py",
        "exchange.rows / exchange.steps",
        "0",
        "tests/remedies/test_split.py",
    ),
    # accounting
    Mutation(
        "epsilon is rounded down",
        "tradeoffs/values/privacy/accountants.py",
        "first = float(log_ndtr(mu / 2 - epsilon / mu))",
        "first = float(log_ndtr(mu / 3 - epsilon / mu))",
        "tests/values/privacy/test_accountants.py",
    ),
    Mutation(
        "the Rényi bound forgets delta",
        "tradeoffs/values/privacy/renyi.py",
        "converted = rdp - math.log(delta) / (orders - 1)",
        "converted = rdp",
        "tests/values/privacy/test_accountants.py",
    ),
    Mutation(
        "models seen together cost as one",
        "tradeoffs/values/privacy/composition.py",
        "return math.fsum(precisions) ** -0.5",
        "return max(precisions) ** -0.5",
        "tests/values/privacy/test_composition.py",
    ),
    # data
    Mutation(
        "the sample keeps the largest draws",
        "tradeoffs/data/sample.py",
        "kept = draws < bound",
        "kept = draws <= bound",
        "tests/data/test_sample.py",
    ),
    Mutation(
        "another stream draws the same numbers",
        "tradeoffs/data/keyed_random.py",
        "key = int(words(seed, np.array(name, np.uint64)))",
        "key = int(words(seed, np.array(0, np.uint64)))",
        "tests/data/test_keyed_random.py",
    ),
    Mutation(
        "test people are trained on",
        "tradeoffs/data/encoded.py",
        "train=table.take(train & once)",
        "train=table.take(once)",
        "tests/data/test_encoded.py",
    ),
    Mutation(
        "a selection shift keeps whom it should thin",
        "tradeoffs/data/shifts/shift.py",
        "table.row_id) < np.exp(intensity * log_weight)",
        "table.row_id) > np.exp(intensity * log_weight) - 1e-9",
        "tests/data/shifts/test_shifts.py",
    ),
    Mutation(
        "answers are recorded wrongly twice as often",
        "tradeoffs/data/shifts/shift.py",
        "return uniform(seed, stream, table.row_id) < intensity * chance",
        "return uniform(seed, stream, table.row_id) < 2 * intensity * chance",
        "tests/data/shifts/test_shifts.py",
    ),
    Mutation(
        "the rarer outcome is the negative one",
        "tradeoffs/data/shifts/prior.py",
        "np.where(table.label, -LARGEST_LOSS, 0.0)",
        "np.where(table.label, 0.0, -LARGEST_LOSS)",
        "tests/data/shifts/test_shifts.py",
    ),
    Mutation(
        "the smallest group is thinned",
        "tradeoffs/data/shifts/demographic.py",
        "minlength=len(names)).argmax())",
        "minlength=len(names)).argmin())",
        "tests/data/shifts/test_shifts.py",
    ),
    Mutation(
        "the other group withholds its data",
        "tradeoffs/data/shifts/opt_out.py",
        "whom = group == position(",
        "whom = group != position(",
        "tests/data/shifts/test_shifts.py",
    ),
    # notions
    Mutation(
        "a gap is the largest rate",
        "tradeoffs/values/fairness/notion.py",
        "return rates.max(1) - rates.min(1) if",
        "return rates.max(1) if",
        "tests/values/fairness/test_notions.py",
    ),
    Mutation(
        "equalised odds forget false positives",
        "tradeoffs/values/fairness/equalized_odds.py",
        "return np.maximum(spread(counts.true_positive_rate), spread(counts.false_positive_rate))",
        "return spread(counts.true_positive_rate)",
        "tests/values/fairness/test_notions.py",
    ),
    Mutation(
        "groups of any size are compared",
        "tradeoffs/values/fairness/cells.py",
        "enough = np.all(sizes >= SMALLEST_CELL, axis=2)",
        "enough = np.all(sizes >= 0, axis=2)",
        "tests/values/fairness/test_cells.py",
    ),
    Mutation(
        "wrong decisions are right ones",
        "tradeoffs/engine/overall.py",
        "right = (decision == label).float()",
        "right = (decision != label).float()",
        "tests/engine/test_evaluation.py",
    ),
    Mutation(
        "survey weights are left out of the mean",
        "tradeoffs/engine/overall.py",
        "values.double() @ weight / weight.sum()",
        "values.double().mean(1)",
        "tests/engine/test_overall.py tests/engine/test_sample_weights.py",
    ),
    # explanations
    Mutation(
        "attributions leave the baseline out",
        "tradeoffs/values/explanations/attribution.py",
        "moved = [part - mean for part, mean",
        "moved = [part for part, mean",
        "tests/values/explanations/test_attribution.py",
    ),
    Mutation(
        "recourse counts those out of reach",
        "tradeoffs/values/explanations/recourse.py",
        "there = steps.isfinite() & (steps > 0)",
        "there = steps > 0",
        "tests/values/explanations/test_recourse.py",
    ),
    Mutation(
        "a tree is asked about what it was grown on",
        "tradeoffs/values/explanations/fidelity.py",
        "repeated = surrogate(fit, decisions[:, fit.window], ask)",
        "repeated = surrogate(ask, decisions[:, ask.window], ask)",
        "tests/values/explanations/test_fidelity.py",
    ),
    # fronts and statistics
    Mutation(
        "worse is better",
        "tradeoffs/fronts/objectives.py",
        'return scaled if self.better == "low" else',
        'return scaled if self.better == "high" else',
        "tests/fronts/test_objectives.py tests/fronts/test_front.py",
    ),
    Mutation(
        "the front is chosen on report alone",
        "tradeoffs/fronts/dominance.py",
        "front: np.ndarray = best[0] & best[1]",
        "front: np.ndarray = best[1]",
        "tests/fronts/test_dominance.py",
    ),
    Mutation(
        "equal points beat each other",
        "tradeoffs/fronts/dominance.py",
        "keep_weakly=True",
        "keep_weakly=False",
        "tests/fronts/test_dominance.py",
    ),
    Mutation(
        "the splits are exchanged",
        "tradeoffs/fronts/replicates.py",
        "return report.astype(np.int64)",
        "return select.astype(np.int64)",
        "tests/fronts/test_replicates.py tests/fronts/test_front.py tests/fronts/test_sweep.py",
    ),
    Mutation(
        "a hypervolume takes undefined for best",
        "tradeoffs/fronts/hypervolume.py",
        "if np.isnan(values).any():",
        "if False:",
        "tests/fronts/test_hypervolume.py",
    ),
    Mutation(
        "two models on one person err apart",
        "tradeoffs/fronts/sampling_error.py",
        "right -= other == label",
        "right += other == label",
        "tests/fronts/test_sampling_error.py",
    ),
    Mutation(
        "an interval has no test rows",
        "tradeoffs/stats/interval.py",
        "error = math.hypot(seed_error, sampling_se)\n    half",
        "error = seed_error\n    half",
        "tests/stats/test_interval.py",
    ),
    Mutation(
        "an interval of a share is Wald's",
        "tradeoffs/stats/proportions.py",
        "middle = (share + z2 / (2 * n)) / (1 + z2 / n)",
        "middle = share",
        "tests/stats/test_proportions.py",
    ),
    Mutation(
        "people count twice in crossed errors",
        "tradeoffs/stats/two_way.py",
        "return between - single / (trainings * (trainings - 1))",
        "return between",
        "tests/stats/test_two_way.py",
    ),
    # communities
    Mutation(
        "a ridge is as if each learned from its own people alone",
        "tradeoffs/experiments/participants.py",
        "ridge=how.ridge * float(found.rows[k] / people[k]),",
        "ridge=how.ridge,",
        "tests/experiments/test_communities.py",
    ),
    Mutation(
        "models of other homes take the noise of the first",
        "tradeoffs/experiments/fit_alone.py",
        "own = [plan or some for plan in each]",
        "own = [some for plan in each]",
        "tests/experiments/test_communities.py",
    ),
    Mutation(
        "what looking spends is told of the people who lose least",
        "tradeoffs/experiments/total_privacy.py",
        "max(tightest(one, seen.delta) for one in seen.histories)",
        "min(tightest(one, seen.delta) for one in seen.histories)",
        "tests/experiments/test_total_privacy.py",
    ),
    Mutation(
        "a share of the gains is as sure as the sum",
        "tradeoffs/fronts/gain_shares.py",
        "share + (own - share * total) / whole",
        "share + 0 * own",
        "tests/fronts/test_gain_shares.py",
    ),
    Mutation(
        "a coalition is named where one member gains",
        "tradeoffs/fronts/gain_shares.py",
        "all(map(gains, each))",
        "any(map(gains, each))",
        "tests/fronts/test_gain_shares.py",
    ),
    # attacks and experiments
    Mutation(
        "ties are recognised",
        "tradeoffs/stats/roc.py",
        'rates, side="right") - 1]',
        'rates, side="right").clip(max=len(self.tpr) - 1)]',
        "tests/stats/test_roc.py tests/attacks/test_estimates.py",
    ),
    Mutation(
        "an answer is stored without the shift it was measured under",
        "tradeoffs/experiments/plan.py",
        "result_key=digest([model_key, *shared.decisions])",
        "result_key=digest([model_key])",
        "tests/experiments/test_plan.py tests/experiments/test_keys.py",
    ),
    Mutation(
        "seeds share a model key",
        "tradeoffs/experiments/plan.py",
        "model_key = digest([{**shared.weights, **seed}, *shared.versions])",
        "model_key = digest([{**shared.weights}, *shared.versions])",
        "tests/experiments/test_plan.py tests/experiments/test_keys.py",
    ),
    Mutation(
        "the bound is not looked for on the line",
        "tradeoffs/experiments/line_search.py",
        "if not start > allowed:",
        "if start > allowed:",
        "tests/experiments/test_line_search.py",
    ),
    Mutation(
        "a threshold rule decides the other way",
        "tradeoffs/remedies/decisions/thresholds.py",
        "return self.chance(score, member, names) > draw",
        "return self.chance(score, member, names) < draw",
        "tests/remedies/decisions/test_thresholds.py",
    ),
    Mutation(
        "a removed correlation is not given back",
        "tradeoffs/remedies/decisions/correlation_remover.py",
        "own = -strength * coefficients @ weight",
        "own = strength * coefficients @ weight",
        "tests/remedies/decisions/test_correlation_remover.py",
    ),
    # jobs and server
    Mutation(
        "each of several releases spends the whole budget",
        "tradeoffs/values/privacy/account.py",
        "math.sqrt(part.loss / part.share)",
        "math.sqrt(part.loss)",
        "tests/values/privacy/test_account.py",
    ),
    Mutation(
        "colluders are not counted",
        "tradeoffs/values/privacy/federated_accounting.py",
        "math.sqrt(communities - colluders)",
        "math.sqrt(communities)",
        "tests/values/privacy/test_federated_accounting.py",
    ),
    Mutation(
        "a person counts once in a table of counts",
        "tradeoffs/remedies/sharing/counts.py",
        "return math.sqrt(len(table.features))",
        "return 1.0",
        "tests/remedies/sharing/test_marginals.py",
    ),
    Mutation(
        "pooled rows have a clip norm for each request",
        "tradeoffs/remedies/sharing/pooled_rows.py",
        "people * strictest / partnership.epsilon",
        "people + 0 * partnership.epsilon",
        "tests/remedies/sharing/test_pooled.py",
    ),
    Mutation(
        "columns with many bins seem to depend on each other",
        "tradeoffs/remedies/sharing/marginals.py",
        " - left * poisson_deviation(expected)",
        "",
        "tests/remedies/sharing/test_marginals.py",
    ),
    Mutation(
        "the newest job always goes first",
        "tradeoffs/jobs/queue.py",
        "yield left.pop() if turn % OLDEST_EVERY else left.popleft()",
        "yield left.pop()",
        "tests/jobs/test_queue.py",
    ),
    Mutation(
        "a full machine takes more",
        "tradeoffs/jobs/queue.py",
        "if waiting >= self._most_models:",
        "if False:",
        "tests/jobs/test_queue.py tests/jobs/test_manager.py",
    ),
    Mutation(
        "answers of a job do not tell arguments apart",
        "tradeoffs/jobs/job_cache.py",
        "key = language(), arguments, tuple(named.items())",
        "key = language(), tuple(named.items())",
        "tests/jobs/test_job_cache.py",
    ),
    Mutation(
        "answers of a job do not tell languages apart",
        "tradeoffs/jobs/job_cache.py",
        "key = language(), arguments, tuple(named.items())",
        "key = arguments, tuple(named.items())",
        "tests/jobs/test_job_cache.py",
    ),
    Mutation(
        "a damaged row is read",
        "tradeoffs/jobs/record.py",
        "if size != schema.width * NUMBERS.itemsize or len(row) < HEAD.size + size:",
        "if False:",
        "tests/jobs/test_record.py tests/jobs/test_store.py",
    ),
    Mutation(
        "rows of an own table are stored",
        "tradeoffs/jobs/store.py",
        "if not is_own(plan.dataset.name)]",
        "if True]",
        "tests/jobs/test_own.py tests/jobs/test_store.py",
    ),
    Mutation(
        "browsers are sent what they have",
        "server/channel.py",
        "if (before or {}).get(name) != text}",
        "if True}",
        "tests/server/test_hub.py",
    ),
    Mutation(
        "a part that is no more stays on the screen",
        "server/channel.py",
        'new |= {name: b"null" for name in before or () if name not in parts}',
        "pass",
        "tests/server/test_hub.py",
    ),
    # what people see and send
    Mutation(
        "a link shows what an earlier step asks",
        "pages/shared/lesson/guesses.py",
        "places = range(min(step + 1, len(entry.steps)))",
        "places = range(step, min(step + 1, len(entry.steps)))",
        "tests/pages/test_lesson.py",
    ),
    Mutation(
        "the index draws what a lesson asks",
        "tradeoffs/lessons/thumbnail.py",
        "hidden = _among(value, asked)",
        "hidden = False",
        "tests/lessons/test_thumbnail.py",
    ),
    Mutation(
        "a guess is taken from a browser as it comes",
        "pages/shared/lesson/memory.py",
        "if value is None or one.prediction.valid(value):",
        "if True:",
        "tests/pages/test_memory.py",
    ),
    Mutation(
        "sentences turn the other way",
        "tradeoffs/lessons/effect.py",
        "return (self.low > 0) - (self.high < 0)",
        "return (self.high < 0) - (self.low > 0)",
        "tests/lessons/test_effect.py",
    ),
    Mutation(
        "chance is told as a difference",
        "tradeoffs/report/cards.py",
        'not test rows: {interval}), within chance"',
        'not test rows: {interval})"',
        "tests/report/test_cards.py",
    ),
    Mutation(
        "a search finds what it does not name first",
        "tradeoffs/report/glossary/term.py",
        "key=lambda term: not all(",
        "key=lambda term: all(",
        "tests/report/test_glossary.py",
    ),
    Mutation(
        "an uploaded file may have any size",
        "tradeoffs/data/upload/read.py",
        "if len(content) > most_megabytes * MEGABYTE:",
        "if False:",
        "tests/data/upload/test_import_command.py",
    ),
    Mutation(
        "an uploaded table may have any number of columns",
        "tradeoffs/data/upload/features.py",
        "if len(features) > MOST_FEATURES:",
        "if False:",
        "tests/data/upload/test_own_table.py tests/data/upload/test_read.py",
    ),
    Mutation(
        "the address forgets what was wrong with it",
        "pages/shared/settings/address.py",
        "return _as_one([plain(text, LONGEST_MESSAGE) for text in told])",
        "return []",
        "tests/pages/test_explorer.py",
    ),
    Mutation(
        "the command line takes an assignment without a field",
        "tradeoffs/commands/arguments.py",
        "if not sign or not field:",
        "if not sign:",
        "tests/test_cli.py",
    ),
    Mutation(
        "pinned settings are compared the wrong way round",
        "tradeoffs/report/pins.py",
        "change = _difference(results, two, one, column",
        "change = _difference(results, one, two, column",
        "tests/report/test_pins.py",
    ),
    Mutation(
        "test rows count for nothing in what pinned settings differ by",
        "tradeoffs/report/pins.py",
        "sampling_se=sampling_se)",
        "sampling_se=None)",
        "tests/report/test_pins.py",
    ),
    # small models
    Mutation(
        "pruning takes the largest weights",
        "tradeoffs/remedies/adaptation/pruning.py",
        "np.argsort(np.abs(",
        "np.argsort(-np.abs(",
        "tests/remedies/adaptation/test_pruning.py",
    ),
    Mutation(
        "the output's intercept is pruned too",
        "tradeoffs/engine/parameter_layout.py",
        "found[-1] = True",
        "found[-1] = False",
        "tests/remedies/adaptation/test_pruning.py",
    ),
    Mutation(
        "few bits have a scale too fine",
        "tradeoffs/remedies/adaptation/quantization.py",
        "return largest / (2 ** (bits - 1) - 1)",
        "return largest / 2 ** (bits - 1)",
        "tests/remedies/adaptation/test_quantization.py",
    ),
    Mutation(
        "a student's logit stays divided by the temperature",
        "tradeoffs/remedies/adaptation/distillation.py",
        "return 1 / ((1 - share) + share / temperature)",
        "return 1.0",
        "tests/remedies/adaptation/test_distillation.py",
    ),
    Mutation(
        "a student learns the labels where it should learn the teacher's answers",
        "tradeoffs/remedies/adaptation/distillation.py",
        "(1 - share) * label + share * soft",
        "share * label + (1 - share) * soft",
        "tests/remedies/adaptation/test_distillation.py",
    ),
    Mutation(
        "all votes get the noise of one",
        "tradeoffs/remedies/adaptation/pate.py",
        "Part(steps=int(partnership.rows[k]))",
        "Part()",
        "tests/remedies/adaptation/test_pate.py",
    ),
    Mutation(
        "a person more moves others to another teacher",
        "tradeoffs/remedies/adaptation/pate.py",
        '(uniform(0, "teachers", row_id) * teachers)',
        "(np.arange(len(row_id)) % teachers)",
        "tests/remedies/adaptation/test_pate.py",
    ),
    Mutation(
        "decisions of one way are compared with themselves",
        "tradeoffs/fronts/decision_changes.py",
        "for each in (before, after)",
        "for each in (after, after)",
        "tests/fronts/test_decision_changes.py",
    ),
    # rooms
    Mutation(
        "counts of four people are shown",
        "tradeoffs/rooms/suppression.py",
        "LEAST = 5",
        "LEAST = 4",
        "tests/rooms/test_suppression.py",
    ),
    Mutation(
        "one hidden count alone follows from the rest",
        "tradeoffs/rooms/suppression.py",
        "return sum(counts) >= LEAST and any(",
        "return any(",
        "tests/rooms/test_suppression.py",
    ),
    Mutation(
        "flows between votes are shown whatever follows from them",
        "tradeoffs/rooms/flow.py",
        "if _unknown(table, set(cells) - set(large[:middle])):",
        "if middle:",
        "tests/rooms/test_flow.py",
    ),
    Mutation(
        "deleted answers stay in the log of the file",
        "tradeoffs/rooms/room_store.py",
        "wal_checkpoint(TRUNCATE)",
        "wal_checkpoint(PASSIVE)",
        "tests/rooms/test_room_store.py",
    ),
    Mutation(
        "a closed round takes answers",
        "tradeoffs/rooms/rooms.py",
        'and room.phase == "open"',
        'and room.phase in ("open", "closed")',
        "tests/rooms/test_rooms.py",
    ),
    Mutation(
        "dots stand in the order of seats",
        "tradeoffs/rooms/pool.py",
        "return self.rng.sample(every, len(every))",
        "return every",
        "tests/rooms/test_round_summary.py",
    ),
    Mutation(
        "a choice is replaced by itself, too",
        "tradeoffs/rooms/local_privacy.py",
        "others = [one for one in choices if one != choice]",
        "others = list(choices)",
        "tests/rooms/test_local_privacy.py",
    ),
    Mutation(
        "the worst-off are the seats together",
        "tradeoffs/values/preferences/aggregation.py",
        "WORST_OFF_FIRST: int(regret.max(0).argmin())",
        "WORST_OFF_FIRST: int(regret.mean(0).argmin())",
        "tests/values/preferences/test_aggregation.py",
    ),
    Mutation(
        "losses are measured on the half that picked",
        "tradeoffs/values/preferences/aggregation.py",
        "utilities[seats, own, :, REPORT] - utilities[:, place, :, REPORT]",
        "utilities[seats, own, :, SELECT] - utilities[:, place, :, SELECT]",
        "tests/values/preferences/test_aggregation.py",
    ),
    Mutation(
        "objectives without points count",
        "tradeoffs/rooms/rules.py",
        "np.where(weights > 0, weights * (options.mean_costs - reference), -np.inf)",
        "weights * (options.mean_costs - reference)",
        "tests/rooms/test_rules.py",
    ),
    Mutation(
        "majority takes the first of equal candidates",
        "tradeoffs/rooms/rules.py",
        "return names[found[MAJORITY]]",
        "return names[0]",
        "tests/rooms/test_rules.py",
    ),
    Mutation(
        "four seats nominate candidates",
        "tradeoffs/rooms/candidates.py",
        "if len(values) < LEAST:",
        "if not values:",
        "tests/rooms/test_candidates.py",
    ),
    Mutation(
        "a record is compared with itself",
        "tradeoffs/rooms/room_record.py",
        "now = _json(recompute(record))",
        'now = record["computed"]',
        "tests/rooms/test_record.py",
    ),
)


def copied(folder: Path) -> None:
    """Copy the project without what was compiled."""
    for name in COPIED:
        if (PROJECT / name).exists():
            leave_out = shutil.ignore_patterns("__pycache__")
            shutil.copytree(PROJECT / name, folder / name, ignore=leave_out)
    for file in PROJECT.glob("*.*"):
        if file.is_file():
            shutil.copy(file, folder)


def passes(folder: Path, tests: str) -> bool:
    """Say whether tests pass in a copy; any other end than a failure raises."""
    pid = os.fork()  # what is imported here need not be imported there
    if not pid:
        try:
            os._exit(_run(folder, tests))
        finally:
            os._exit(CRASHED)
    code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    if code not in (0, 1):
        raise RuntimeError((folder / LOG).read_text(encoding="utf-8", errors="replace")[-3000:])
    return code == 0


def _run(folder: Path, tests: str) -> int:
    """Run tests of a copy in this process, which ends then."""
    log = os.open(folder / LOG, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    os.dup2(log, 1)
    os.dup2(log, 2)
    os.chdir(folder)
    os.environ["PYTHONPATH"] = str(folder)
    sys.path[:] = [str(folder), *(one for one in sys.path if one not in ("", str(PROJECT)))]
    for name in [one for one in sys.modules if one.partition(".")[0] in COPIED]:
        del sys.modules[name]
    options = ["-x", "-q", "-n", "0", "-p", "no:cacheprovider"]
    options += ["-W", "ignore:Module already imported"]
    return pytest.main([*options, *tests.split()])


def outcome(mutation: Mutation, folder: Path) -> str:
    """Put a mutation into a copy, run its tests, and take it out again."""
    file = folder / mutation.file
    text = file.read_text(encoding="utf-8") if file.exists() else ""
    if text.count(mutation.old) != 1:
        return GONE
    file.write_text(text.replace(mutation.old, mutation.new), encoding="utf-8")
    try:
        return SURVIVED if passes(folder, mutation.tests) else CAUGHT
    finally:
        file.write_text(text, encoding="utf-8")


def main(names: list[str]) -> int:
    """Run all mutations, or those whose name holds one of some texts, and print a table."""
    chosen = [m for m in MUTATIONS if not names or any(name in m.name for name in names)]
    bad = 0
    for name in SLOW_TO_IMPORT:
        importlib.import_module(name)
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        copied(folder)
        tests = dict.fromkeys(one for m in chosen for one in m.tests.split())
        if not passes(folder, " ".join(tests)):
            sys.stdout.write("the tests fail without a mutation\n")
            return 1
        for mutation in chosen:
            began = time.monotonic()
            found = outcome(mutation, folder)
            bad += found != CAUGHT
            seconds = time.monotonic() - began
            sys.stdout.write(f"{found:9} {seconds:5.0f} s  {mutation.name}  [{mutation.tests}]\n")
            sys.stdout.flush()
    sys.stdout.write(f"{len(chosen) - bad} of {len(chosen)} caught\n")
    return bool(bad)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
