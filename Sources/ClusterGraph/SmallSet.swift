/// A set of which there are very many, most of them with one element or a few.
///
/// One element stands by itself, a few are a plain array; past `limit` it is a `Set`, so that adding
/// and removing one element of a large set costs the same as anywhere.
struct SmallSet<Element: Hashable & Sendable>: Sendable {
  private enum Storage: Sendable {
    case none
    case one(Element)
    case few([Element])
    case many(Set<Element>)
  }

  private var storage = Storage.none

  private static var limit: Int { 24 }

  var isEmpty: Bool {
    if case .none = storage { true } else { false }
  }

  var count: Int {
    switch storage {
    case .none: 0
    case .one: 1
    case .few(let elements): elements.count
    case .many(let elements): elements.count
    }
  }

  mutating func insert(_ element: Element) {
    switch storage {
    case .none: storage = .one(element)
    case .one(let other):
      if other != element { storage = .few([other, element]) }
    case .few(var elements):
      guard !elements.contains(element) else { return }
      storage = .none  // Leaves `elements` as the only owner, so that it grows in place.
      elements.append(element)
      storage = elements.count > Self.limit ? .many(Set(elements)) : .few(elements)
    case .many(var elements):
      storage = .none
      elements.insert(element)
      storage = .many(elements)
    }
  }

  mutating func remove(_ element: Element) {
    switch storage {
    case .none: break
    case .one(let other):
      if other == element { storage = .none }
    case .few(var elements):
      storage = .none
      elements.removeAll { $0 == element }
      storage = elements.count == 1 ? .one(elements[0]) : .few(elements)
    case .many(var elements):
      storage = .none
      elements.remove(element)
      storage = elements.count > Self.limit / 2 ? .many(elements) : .few(Array(elements))
    }
  }

  /// Whether any element fulfils `condition`; looks no further than the first.
  func contains(where condition: (Element) -> Bool) -> Bool {
    switch storage {
    case .none: false
    case .one(let element): condition(element)
    case .few(let elements): elements.contains(where: condition)
    case .many(let elements): elements.contains(where: condition)
    }
  }

  func forEach(_ body: (Element) -> Void) {
    switch storage {
    case .none: break
    case .one(let element): body(element)
    case .few(let elements): elements.forEach(body)
    case .many(let elements): elements.forEach(body)
    }
  }
}
