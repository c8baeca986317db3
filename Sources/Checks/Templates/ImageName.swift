/// The name of an image, taken apart as container runtimes do (distribution's reference grammar).
struct ImageName {
  /// The host, and its port; empty where none is named.
  let registry: Substring
  /// Empty where none is given.
  let tag: Substring
  let hasDigest: Bool

  init(_ text: String) {
    let parts = text.split(separator: "@", maxSplits: 1)
    hasDigest = parts.count > 1
    let name = parts.first ?? ""
    let last = name.lastIndex(of: "/").map { name[name.index(after: $0)...] } ?? name
    tag = last.firstIndex(of: ":").map { last[last.index(after: $0)...] } ?? ""
    let host = name.firstIndex(of: "/").map { name[..<$0] } ?? ""
    let isHost = host.contains(".") || host.contains(":") || host == "localhost"
    registry = isHost ? host : ""
  }
}
