import UserConfiguration
import WireFormats

/// A list that a server answers with, in pages perhaps.
struct Endpoint: Sendable {
  let url: String
  let format: InventorySource.Format
  let records: RecordPath
  let paging: InventorySource.Paging
  let pageSize: Int
  /// Where an answer says how many records there are in all pages; `nil` where it does not.
  let total: RecordPath?
  let mapping: RecordMapping
  /// What the list is called, where its server has several.
  var name = ""

  /// The URL of the first page.
  var firstPage: String { page(after: 0) }

  /// The URL of the page that follows `document`, which ends with the record of this number; `nil`
  /// where there is none.
  func nextPage(
    after document: RecordDocument,
    endingAt count: Int
  ) throws(InventoryError) -> String? {
    switch paging {
    case .none: return nil
    case .offset: return document.count == 0 ? nil : page(after: count)
    case .nextLink(let path):
      guard let link = path.texts(in: document.rest).first else { return nil }
      guard let url = resolve(link) else {
        throw .nonsense(place: host, reason: "the link to the next page is none")
      }
      return url
    }
  }

  private func page(after count: Int) -> String {
    guard case .offset(let parameter, let limitParameter) = paging else { return url }
    let joint = url.contains("?") ? "&" : "?"
    return "\(url)\(joint)\(limitParameter)=\(pageSize)&\(parameter)=\(count)"
  }

  /// Whether a page is one of this list.
  func isOf(_ page: String) -> Bool { page.prefix { $0 != "?" } == url.prefix { $0 != "?" } }

  /// The server's name and port, for people to read.
  var host: String { String(origin.split(separator: "/").last ?? "") }

  /// The same, and which of its lists is meant where that is told; of others the path may be secret.
  var place: String { name.isEmpty ? host : "\(name) of \(host)" }

  /// `https://netbox.example.com`.
  private var origin: String {
    let parts = url.split(separator: "/", maxSplits: 3, omittingEmptySubsequences: false)
    return parts.prefix(3).joined(separator: "/").prefix { $0 != "?" }.description
  }

  /// Where a link leads on our own server: what it says of another must not get our token, and servers
  /// behind proxies do not know their own names.
  private func resolve(_ link: String) -> String? {
    guard link.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7F }) else { return nil }
    if link.hasPrefix("?") { return "\(url.prefix { $0 != "?" })\(link)" }
    if link.hasPrefix("/"), !link.hasPrefix("//") { return origin + link }
    let parts = link.split(separator: "/", maxSplits: 3, omittingEmptySubsequences: false)
    guard parts.count == 4, parts[0] == "http:" || parts[0] == "https:", parts[1].isEmpty else {
      return nil
    }
    return "\(origin)/\(parts[3])"
  }
}
