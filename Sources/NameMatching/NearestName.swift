extension String {
  /// The candidate that was probably meant: at most a third of the letters differ.
  package func nearest(of candidates: [String]) -> String? {
    candidates.map { (name: $0, distance: editDistance(to: $0)) }
      .filter { $0.distance <= max(1, count / 3) }
      .min { $0.distance < $1.distance }?.name
  }

  /// How many letters must be changed, or swapped with their neighbours, to make one word the other
  /// (Levenshtein, with Damerau's transpositions).
  private func editDistance(to other: String) -> Int {
    let (letters, others) = (Array(self), Array(other))
    var beforePrevious: [Int] = []
    var previous = Array(0...others.count)
    for (row, letter) in letters.enumerated() {
      var current = [row + 1]
      for (column, otherLetter) in others.enumerated() {
        let change = previous[column] + (letter == otherLetter ? 0 : 1)
        var distance = Swift.min(change, previous[column + 1] + 1, current[column] + 1)
        if row > 0, column > 0, letter == others[column - 1], letters[row - 1] == otherLetter {
          distance = Swift.min(distance, beforePrevious[column - 1] + 1)
        }
        current.append(distance)
      }
      (beforePrevious, previous) = (previous, current)
    }
    return previous[others.count]
  }
}
