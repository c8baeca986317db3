/// A version of Kubernetes as far as skew matters: major and minor number.
///
/// See https://kubernetes.io/releases/version-skew-policy/.
package struct KubernetesVersion: Hashable, Sendable, Comparable, CustomStringConvertible {
  package let major: Int
  package let minor: Int

  package init(major: Int, minor: Int) {
    self.major = major
    self.minor = minor
  }

  /// Reads `v1.36.2`, with whatever a distribution adds; `nil` where the text is no version.
  package init?(_ text: String) {
    let parts = text.drop { $0 == "v" }.split(separator: ".", maxSplits: 2)
    guard parts.count >= 2, let major = Int(parts[0]),
      let minor = Int(parts[1].prefix { $0.isNumber })
    else { return nil }
    self.init(major: major, minor: minor)
  }

  package static func < (left: Self, right: Self) -> Bool {
    (left.major, left.minor) < (right.major, right.minor)
  }

  package var description: String { "\(major).\(minor)" }
}
