/// Sorting of values, counted as values are compared.
enum Sorting {
  /// The elements in the order of their keys, which must be of one type that has an order.
  static func sorted(_ elements: [CELValue], by keys: [CELValue], _ evaluation: Evaluation)
    throws(CELError) -> [CELValue]
  {
    guard let type = keys.first?.typeName else { return [] }
    for key in keys {
      guard key.typeName == type, try Comparison.order(key, key, evaluation) != nil else {
        throw CELError(.noSuchOverload(function: "sort", arguments: [type, key.typeName]))
      }
    }
    var positions = Array(keys.indices)
    var failure: CELError?
    positions.sort { left, right in
      guard failure == nil else { return false }
      do throws(CELError) {
        let order = try Comparison.order(keys[left], keys[right], evaluation)
        return order == .before || order == .same && left < right
      } catch {
        failure = error
        return false
      }
    }
    if let failure { throw failure }
    return positions.map { elements[$0] }
  }
}
