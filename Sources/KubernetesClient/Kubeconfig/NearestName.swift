extension String {
  /// The candidate that was probably meant: at most a third of the letters differ.
  func nearest(of candidates: [String]) -> String? {
    candidates.map { (name: $0, distance: editDistance(to: $0)) }
      .filter { $0.distance <= max(1, count / 3) }
      .min { $0.distance < $1.distance }?.name
  }

  /// How many letters must change to make one word the other (Levenshtein).
  private func editDistance(to other: String) -> Int {
    let letters = Array(other)
    var previous = Array(0...letters.count)
    for (row, letter) in enumerated() {
      var current = [row + 1]
      for (column, otherLetter) in letters.enumerated() {
        let change = previous[column] + (letter == otherLetter ? 0 : 1)
        current.append(Swift.min(change, previous[column + 1] + 1, current[column] + 1))
      }
      previous = current
    }
    return previous[letters.count]
  }
}
