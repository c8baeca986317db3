import KubernetesObjects
import Testing
import WireFormats

@Suite struct ResourceTableTests {
  @Test func aTableHasItsColumnsAndCells() throws {
    let answer: JSONValue = [
      "kind": "Table", "metadata": ["continue": "next"],
      "columnDefinitions": [
        ["name": "Name", "priority": 0], ["name": "Ready"], ["name": "IP", "priority": 1],
      ],
      "rows": [
        [
          "cells": ["a", 3],
          "object": [
            "metadata": ["name": "a", "namespace": "n", "uid": "u", "resourceVersion": "7"]
          ],
        ],
        ["cells": [.null, true, ["x", "y"], "too much"], "object": .null],
      ],
    ]
    let table = try #require(ResourceTable(answer))
    #expect(table.columns == [.init("Name"), .init("Ready"), .init("IP", isWide: true)])
    #expect(table.rows.map(\.cells) == [["a", "3", ""], ["<none>", "true", "x,y"]])
    let row = table.rows[0]
    #expect((row.namespace, row.name, row.uid, row.resourceVersion) == ("n", "a", "u", "7"))
    #expect(table.continueToken == "next")
  }

  @Test func anObjectIsNoTable() {
    #expect(ResourceTable(["kind": "Pod"]) == nil)
    #expect(ResourceTable(.null) == nil)
  }
}
