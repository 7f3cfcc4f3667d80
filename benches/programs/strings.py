# Splitting, joining, formatting and counting words.
text = " ".join("word%d" % (i % 997) for i in range(700_000))
counts = {}
for word in text.split():
    counts[word] = counts.get(word, 0) + 1
lines = []
for name in sorted(counts):
    lines.append(f"{name:<10}{counts[name]:>6}")
out = "\n".join(lines)
for _ in range(400):
    out = out.replace("word", "term").replace("term", "word")
shout = [line.strip().upper() for line in out.split("\n")]
print(len(out), shout[0], shout[-1], "".join(reversed(shout[1])))
