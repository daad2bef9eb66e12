"""SplitMix64, so that the same seed gives the same samples with every version of Python."""

import hashlib

_MASK = (1 << 64) - 1


class Prng:
    def __init__(self, seed, *names):
        """Each name opens a stream of its own, so that a change in one place leaves the others as they were."""
        text = "/".join(str(part) for part in (seed, *names))
        self._state = int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "little")

    def u64(self):
        self._state = (self._state + 0x9E3779B97F4A7C15) & _MASK
        z = self._state
        z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & _MASK
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & _MASK
        return z ^ (z >> 31)

    def below(self, bound):
        """Uniform in [0, bound) up to a bias of bound / 2**64."""
        return self.u64() % bound

    def between(self, first, last):
        return first + self.below(last - first + 1)

    def chance(self, percent):
        return self.below(100) < percent

    def choice(self, items):
        return items[self.below(len(items))]

    def weighted(self, pairs):
        """pairs: (item, weight in whole numbers)."""
        at = self.below(sum(weight for _, weight in pairs))
        for item, weight in pairs:
            if at < weight:
                return item
            at -= weight
        raise AssertionError("weights do not add up")

    def text(self, alphabet, size):
        return "".join(self.choice(alphabet) for _ in range(size))
