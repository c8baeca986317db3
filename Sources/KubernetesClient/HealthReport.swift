/// What an API server says of itself at `/readyz?verbose` and `/livez?verbose`: a line for each of its
/// parts.
package enum HealthReport {
  /// The parts that fail: `etcd` of `[-]etcd failed: reason withheld`.
  package static func failingParts(in text: String) -> [String] {
    text.split(separator: "\n").compactMap { line in
      guard line.hasPrefix("[-]") else { return nil }
      return line.dropFirst(3).split(separator: " ").first.map(String.init)
    }
  }
}
