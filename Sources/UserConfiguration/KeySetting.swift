package import YAMLReading

/// The keys that one action of a screen is to have instead of its own; none unbinds it.
package struct KeySetting: Sendable, Equatable {
  package struct Key: Sendable, Equatable {
    package let name: String
    package let place: FieldPlace
  }

  package let screen: String
  package let screenPlace: FieldPlace
  package let action: String
  package let place: FieldPlace
  package let keys: [Key]
}

extension SettingsReader {
  /// Which screens, actions and keys there are, only those know who have them.
  mutating func readKeys(_ value: YAMLValue) {
    for screen in entries(value) where !screen.value.isNull {
      for action in entries(screen.value) where !action.value.isNull {
        let isList = action.value.scalar == nil
        let keys = (isList ? elements(action.value) : [action.value]).compactMap { key in
          name(key).map { KeySetting.Key(name: $0, place: key.place) }
        }
        places[action.place.field] = action.place
        settings.keys.append(
          KeySetting(
            screen: screen.name,
            screenPlace: screen.place,
            action: action.name,
            place: action.place,
            keys: keys
          )
        )
      }
    }
  }

  private mutating func entries(_ value: YAMLValue) -> [YAMLValue.Entry] {
    read { () throws(YAMLProblem) in try value.entries() } ?? []
  }
}
