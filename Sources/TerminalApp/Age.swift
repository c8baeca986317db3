import KubernetesObjects

/// A length of time in the two or three letters that kubectl uses: `45s`, `12m`, `3h`, `2d`.
enum Age {
  static func text(from start: Timestamp, to end: Timestamp) -> String {
    let seconds = max(0, start.elapsed(to: end).milliseconds / 1000)
    return switch seconds {
    case ..<120: "\(seconds)s"
    case ..<7200: "\(seconds / 60)m"
    case ..<172_800: "\(seconds / 3600)h"
    default: "\(seconds / 86400)d"
    }
  }
}
