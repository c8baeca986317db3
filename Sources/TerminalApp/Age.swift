import KubernetesObjects

/// A length of time in the two or three letters that kubectl uses: `45s`, `12m`, `3h`, `2d`.
enum Age {
  static func text(from start: Timestamp, to end: Timestamp) -> String {
    DurationText.rough(start.elapsed(to: end))
  }
}
