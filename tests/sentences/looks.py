"""What is said of looking at many models, worked out again from the models that were trained."""

from tests.sentences.raw import facts, numbers
from tests.sentences.screens import Screen
from tradeoffs.experiments.plan import resolve
from tradeoffs.results import Result


def models(screen: Screen) -> list[Result]:
    """Return one result of each different model on screen: deployments share theirs."""
    every = [one for results in screen.results.values() for one in results]
    return list({resolve(one.scenario).model_key: one for one in every}.values())


def private(screen: Screen) -> list[float]:
    """Return the epsilon that each model with noise spent."""
    noisy = [one for one in models(screen) if one.scenario.mechanism == "dp"]
    return [float(spent) for spent in facts(noisy, "epsilon_spent")]


def together(screen: Screen, text: str) -> bool:
    """Check how many models have noise, and that together they promise less than each alone."""
    spent = private(screen)
    joint = numbers(text.partition("promise only")[2])[0]
    return numbers(text)[0] == len(spent) > 1 and joint >= 0.99 * max(spent)


def without_noise(screen: Screen, text: str) -> bool:
    """Check how many models have no noise."""
    bare = len(models(screen)) - len(private(screen))
    return bare == (1 if text.startswith("One model") else numbers(text)[0])


def best(screen: Screen, text: str) -> bool:
    """Check how many settings of one seed promise no less, and that the best one costs more."""
    own = facts(screen.own, "epsilon_spent")[0]
    first = [one for one in models(screen) if one.scenario.seed == 0]
    no_less = [one for one in first if one.scenario.mechanism == "dp"]
    spent = [float(one) for one in facts(no_less, "epsilon_spent")]
    told = numbers(text)
    tries = sum(one <= own * 1.01 for one in spent)
    return screen.here.mechanism == "dp" and told[0] == tries > 1 and told[-2] >= told[-1]


def chosen(screen: Screen, text: str) -> bool:
    """Check that there is a choice, of a setting that promises something unless said otherwise."""
    nothing = "promises nothing" in text
    return len(models(screen)) > 1 and nothing == (screen.here.mechanism != "dp")
