"""Random numbers that belong to a key: the same row always draws the same number.

A generator hands out numbers in order, so a row's number would change with the rows before it.
Here the number is a hash of (seed, stream, index): fewer rows, another order or another operator
leave every row's number as it was. The hash is the output function of SplitMix64, read at a
counter. It is not cryptographic.

Source: Steele, Lea, Flood 2014, "Fast splittable pseudorandom number generators", OOPSLA,
doi 10.1145/2660193.2660195, with the 64-bit finaliser of Java 8's SplittableRandom.
"""

import hashlib
import operator

import numpy as np

from tradeoffs.errors import InvalidInput

SEEDS = 2**64
_GAMMA = np.uint64(0x9E3779B97F4A7C15)


def words(state: int, index: np.ndarray) -> np.ndarray:
    """Return output number `index` (from 0) of the SplitMix64 generator started at `state`.

    Args:
        state: 0 <= state < 2**64.
        index: integers of any shape; negative ones count modulo 2**64.

    Returns:
        uint64 array of the shape of `index`.
    """
    counter = index.astype(np.uint64)
    with np.errstate(over="ignore"):  # arithmetic modulo 2**64 is the definition
        z = np.uint64(state) + (counter + np.uint64(1)) * _GAMMA
        z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return z ^ (z >> np.uint64(31))


def uniform(seed: int, stream: str, index: np.ndarray) -> np.ndarray:
    """Return one number in (0, 1) for each index, keyed by (seed, stream, index).

    Never 0 and never 1, so that its logarithm is finite. Equal indices get equal numbers.

    Args:
        seed: 0 <= seed < 2**64.
        stream: name of the use, such as "rows"; another name gives unrelated numbers.
        index: integers of any shape, usually row ids.

    Returns:
        float64 array of the shape of `index`, with 52 random bits.

    Raises:
        InvalidInput: the seed is out of bounds or the index does not hold integers.
    """
    seed = operator.index(seed)
    if not 0 <= seed < SEEDS:
        raise InvalidInput("out_of_range", field="seed", value=seed, low=0, high=SEEDS - 1)
    index = np.asarray(index)
    if index.dtype.kind not in "iu":
        raise InvalidInput("not_integers", kind=str(index.dtype))
    name = int.from_bytes(hashlib.sha256(stream.encode()).digest()[:8], "little")
    key = int(words(seed, np.array(name, np.uint64)))
    # 52 bits, not 53: adding the half to 53 bits would round the largest value up to 1.
    return ((words(key, index) >> np.uint64(12)) + 0.5) * 2.0**-52
