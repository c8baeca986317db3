/// A set of vertices of which there are very many, most of them with one vertex or a few.
///
/// One vertex stands by itself, a few are a plain array; past `limit` it is a table, so that adding
/// and removing one of a large set costs the same as anywhere.
struct SmallHandleSet: Sendable {
  private enum Storage: Sendable {
    case none
    case one(Handle)
    case few([Handle])
    case many(PackedHandleSet)
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
    case .few(let handles): handles.count
    case .many(let handles): handles.count
    }
  }

  mutating func insert(_ handle: Handle) {
    switch storage {
    case .none: storage = .one(handle)
    case .one(let other):
      if other != handle { storage = .few([other, handle]) }
    case .few(var handles):
      guard !handles.contains(handle) else { return }
      storage = .none  // Leaves `handles` as the only owner, so that it grows in place.
      handles.append(handle)
      storage = handles.count > Self.limit ? .many(PackedHandleSet(handles)) : .few(handles)
    case .many(var handles):
      storage = .none
      handles.insert(handle)
      storage = .many(handles)
    }
  }

  mutating func remove(_ handle: Handle) {
    switch storage {
    case .none: break
    case .one(let other):
      if other == handle { storage = .none }
    case .few(var handles):
      storage = .none
      handles.removeAll { $0 == handle }
      storage = handles.count == 1 ? .one(handles[0]) : .few(handles)
    case .many(var handles):
      storage = .none
      handles.remove(handle)
      storage = handles.count > Self.limit / 2 ? .many(handles) : .few(Array(handles))
    }
  }

  func forEach(_ body: (Handle) -> Void) {
    switch storage {
    case .none: break
    case .one(let handle): body(handle)
    case .few(let handles): handles.forEach(body)
    case .many(let handles): handles.forEach(body)
    }
  }
}
