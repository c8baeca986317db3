import ClusterGraph
import Foundation
import Monitoring

/// What a request for findings asks for.
struct FindingsRequest: Sendable {
  /// Something in its query that cannot be.
  struct Mistake: Error { let message: String }

  /// The parameters that narrow the list, each a column of the filter.
  static let columns = [
    "cluster", "namespace", "severity", "check", "team", "kind", "name", "node",
  ]
  private static let others = [
    "filter", "watch", "resourceVersion", "allowWatchBookmarks", "timeoutSeconds",
    "clusters",
  ]

  let filter: FindingsFilter
  let isWatch: Bool
  /// `nil` where everything that there is shall be told first.
  let since: FindingVersion?
  let wantsBookmarks: Bool
  /// Whether a watch also tells how the clusters stand.
  let wantsClusters: Bool
  let timeout: Duration?

  init(_ query: [(name: String, value: String)]) throws(Mistake) {
    var values: [String: String] = [:]
    for (name, value) in query {
      guard Self.columns.contains(name) || Self.others.contains(name) else {
        let known = (Self.columns + Self.others).joined(separator: ", ")
        throw Mistake(message: "There is no parameter \(name); there are: \(known).")
      }
      values[name] = value
    }
    var terms = Self.columns.compactMap { column in
      values[column].map { FilterExpression.Term(.whole($0), column: column) }
    }
    if let text = values["filter"], !text.isEmpty {
      do {
        terms += try FilterExpression(parsing: text, columns: FindingsFilter.columns).terms
      } catch {
        throw Mistake(message: "filter: \(error)")
      }
    }
    filter = FindingsFilter(FilterExpression(terms))
    isWatch = try Self.flag(values, "watch")
    wantsBookmarks = try Self.flag(values, "allowWatchBookmarks")
    wantsClusters = try Self.flag(values, "clusters")
    switch values["resourceVersion"] {
    case nil, "", "0": since = nil
    case let text?:
      guard let version = FindingVersion(text) else {
        throw Mistake(message: "resourceVersion must be one that this API gave: \(text).")
      }
      since = version
    }
    timeout = try values["timeoutSeconds"].map { text throws(Mistake) in
      guard let seconds = Int64(text), (1...86_400).contains(seconds) else {
        throw Mistake(message: "timeoutSeconds must be a number from 1 to 86400: \(text).")
      }
      return .seconds(seconds)
    }
  }

  private static func flag(_ values: [String: String], _ name: String) throws(Mistake) -> Bool {
    switch values[name] {
    case nil, "false", "0": false
    case "", "true", "1": true
    case let text?: throw Mistake(message: "\(name) must be true or false: \(text).")
    }
  }
}
