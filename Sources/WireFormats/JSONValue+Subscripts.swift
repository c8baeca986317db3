extension JSONValue {
  /// An object's member; setting nil removes it, setting one on null makes an object.
  ///
  /// Setting a member of any other value does nothing.
  package subscript(_ key: String) -> JSONValue? {
    get {
      if case .object(let members) = self { members[key] } else { nil }
    }
    set {
      switch self {
      case .object(var members):
        self = .null  // Releases the members, so that they change in place.
        members[key] = newValue
        self = .object(members)
      case .null:
        if let newValue { self = .object([key: newValue]) }
      default:
        break
      }
    }
  }

  /// An array's element; nil if there is none.
  package subscript(_ index: Int) -> JSONValue? {
    guard case .array(let elements) = self, elements.indices.contains(index) else { return nil }
    return elements[index]
  }

  /// A member of a member and so on; setting it creates the objects between.
  package subscript(path keys: String...) -> JSONValue? {
    get { self[path: keys[...]] }
    set { self[path: keys[...]] = newValue }
  }

  private subscript(path keys: ArraySlice<String>) -> JSONValue? {
    get {
      guard let key = keys.first else { return self }
      return self[key]?[path: keys.dropFirst()]
    }
    set {
      guard let key = keys.first else {
        self = newValue ?? .null
        return
      }
      guard keys.count > 1 else {
        self[key] = newValue
        return
      }
      if newValue == nil, self[key] == nil { return }
      var member = self[key] ?? .null
      self[key] = .null  // Releases the member, so that it changes in place.
      member[path: keys.dropFirst()] = newValue
      self[key] = member
    }
  }
}
