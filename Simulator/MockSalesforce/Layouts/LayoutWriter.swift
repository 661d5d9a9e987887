import WireJSON

/// Writes page layouts and compact layouts, made of what describe says of the fields.
///
/// Members: SOAP API, DescribeLayoutResult; REST API, sObject Layouts and sObject CompactLayouts. An org
/// of the mock has one layout for each object, with a single section of all that people may see.
struct LayoutWriter: Sendable {
    /// What stands on no layout.
    private static let left: Set<String> = [
        "Id", "IsDeleted", "MasterRecordId", "SystemModstamp", "LastViewedDate",
        "LastReferencedDate", "CreatedDate", "LastModifiedDate",
    ]

    let object: MockObject
    /// The number of its table, which its layout is numbered by.
    let table: Int

    var id: String { SalesforceID.make(prefix: "00h", number: self.table + 1) }

    /// The fields with a place of their own, in the order of describe; parts of a compound come with it.
    private var items: [MockField] {
        self.object.fields.filter { field in
            field.isVisible && !Self.left.contains(field.name)
                && (field.compoundFieldName.map { !self.isShown($0) } ?? true
                    || field.compoundFieldName == field.name)
        }
    }

    private func parts(of field: MockField) -> [MockField] {
        self.object.fields.filter {
            $0.compoundFieldName == field.name && $0.name != field.name && $0.isVisible
        }
    }

    private func isShown(_ name: String) -> Bool { self.object.place(of: name) != nil }

    func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.name("buttonLayoutSection")
            writer.object { $0.empties(["detailButtons"]) }
            writer.name("detailLayoutSections")
            writer.array { self.writeSection(self.items, isEdited: false, to: &$0) }
            writer.name("editLayoutSections")
            writer.array { writer in
                let written = self.items.filter { field in
                    field.isWritten || self.parts(of: field).contains(where: \.isWritten)
                }
                self.writeSection(written, isEdited: true, to: &writer)
            }
            writer.nulls(["feedView", "highlightsPanelLayoutSection"])
            writer.member("id", self.id)
            writer.empties(["multirowEditLayoutSections", "offlineLinks"])
            writer.name("quickActionList")
            writer.object { $0.empties(["quickActionListItems"]) }
            writer.nulls(["relatedContent"])
            writer.empties(["relatedLists", "saveOptions"])
        }
    }

    private func writeSection(
        _ fields: [MockField],
        isEdited: Bool,
        to writer: inout JSONWriter
    ) {
        let rows = (fields.count + 1) / 2
        writer.object { writer in
            writer.member("collapsed", false)
            writer.member("columns", 2)
            writer.member("heading", self.object.label + " Information")
            writer.name("layoutRows")
            writer.array { writer in
                for row in 0..<rows {
                    let items = fields[(row * 2)..<min(row * 2 + 2, fields.count)]
                    writer.object { writer in
                        writer.name("layoutItems")
                        writer.array { writer in
                            for (column, field) in items.enumerated() {
                                // Columns are read from top to bottom.
                                let order = column * rows + row + 1
                                self.writeItem(field, order: order, to: &writer)
                            }
                        }
                        writer.member("numItems", items.count)
                    }
                }
            }
            let number = (self.table + 1) * 2 + (isEdited ? 1 : 0)
            writer.member("layoutSectionId", SalesforceID.make(prefix: "01B", number: number))
            writer.member("parentLayoutId", self.id)
            writer.member("rows", rows)
            writer.member("tabOrder", "TopToBottom")
            writer.member("useCollapsibleSection", false)
            writer.member("useHeading", isEdited)
        }
    }

    private func writeItem(_ field: MockField, order: Int, to writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("editableForNew", field.isCreateable && !field.isLocked)
            writer.member("editableForUpdate", field.isUpdateable && !field.isLocked)
            self.writeField(field, order: order, to: &writer)
            writer.member("placeholder", false)
            writer.member("required", field.isRequired)
        }
    }

    /// The label and the components of an item.
    private func writeField(_ field: MockField, order: Int, to writer: inout JSONWriter) {
        writer.member("label", field.label)
        writer.name("layoutComponents")
        writer.array { self.writeComponent(field, order: order, to: &$0) }
    }

    private func writeComponent(_ field: MockField, order: Int, to writer: inout JSONWriter) {
        writer.object { writer in
            writer.name("components")
            writer.array { writer in
                for part in self.parts(of: field) {
                    self.writeComponent(part, order: order, to: &writer)
                }
            }
            writer.name("details")
            Describe.writeField(field, of: self.object, order: nil, to: &writer)
            writer.member("displayLines", field.type == .textarea ? 6 : 1)
            writer.member("tabOrder", order)
            writer.member("type", "Field")
            writer.member("value", field.name)
        }
    }

    /// The layout that every object has of itself: its name and three fields more.
    func writeCompact(to writer: inout JSONWriter) {
        let shown =
            self.items.filter { $0.name == "Name" }
            + self.items.filter {
                $0.name != "Name" && $0.isWritten && $0.type != .textarea && $0.type != .address
            }
        writer.object { writer in
            writer.empties(["actions"])
            writer.name("fieldItems")
            writer.array { writer in
                for (place, field) in shown.prefix(4).enumerated() {
                    writer.object { writer in
                        writer.member("editable", false)
                        self.writeField(field, order: place + 1, to: &writer)
                        writer.member("placeholder", false)
                        writer.member("required", false)
                    }
                }
            }
            writer.nulls(["id"])
            writer.empties(["imageItems"])
            writer.member("label", "System Default")
            writer.member("name", "SYSTEM")
            writer.member("objectType", self.object.name)
        }
    }
}
