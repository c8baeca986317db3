import WireFormats

extension JSONValue {
  /// Reads the text of a template, which is part of the program.
  init(template text: String) {
    do {
      try self.init(parsing: Array(text.utf8))
    } catch {
      preconditionFailure("A template of the bulk world is no JSON: \(error)")
    }
  }

  /// Changes what a condition says.
  mutating func setCondition(_ type: String, _ status: String, reason: String? = nil) {
    let conditions = self[path: "status", "conditions"]?.arrayValue ?? []
    self[path: "status", "conditions"] = .array(
      conditions.map { condition in
        guard condition["type"]?.stringValue == type else { return condition }
        var changed = condition
        changed["status"] = .string(status)
        changed["lastTransitionTime"] = "$time$"
        if let reason { changed["reason"] = .string(reason) }
        return changed
      }
    )
  }
}
