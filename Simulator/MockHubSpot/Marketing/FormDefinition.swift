import WireJSON

/// A form, with its parts as they were given.
struct FormDefinition: Sendable, Codable {
    struct Field: Sendable, Codable {
        var name: String
        var objectTypeID: String
        var isRequired: Bool
        var fieldType: String
    }

    /// The members that are given back as they came.
    static let parts = [
        "fieldGroups", "configuration", "displayOptions", "legalConsentOptions",
    ]

    var id: String
    var name: String
    var fields: [Field]
    /// JSON by the names of the parts.
    var texts: [String: [UInt8]]
    /// Where a visitor is led afterwards, or what is said.
    var redirect: String?
    var message: String
    var createdAt: Int64
    var updatedAt: Int64
    var archivedAt: Int64?

    /// Takes over what a request names.
    mutating func adopt(_ json: JSON) {
        self.name = json["name"]?.string ?? self.name
        for part in Self.parts {
            guard let value = json[part], !value.isNull else { continue }
            var writer = JSONWriter()
            writer.json(value)
            self.texts[part] = writer.bytes
        }
        if let groups = json["fieldGroups"] { self.fields = Self.fields(of: groups) }
        if let action = json["configuration"]?["postSubmitAction"] {
            let value = action["value"]?.string ?? ""
            let isLink = action["type"]?.string == "redirect_url"
            self.redirect = isLink ? value : nil
            self.message = isLink ? "" : value
        }
    }

    private static func fields(of groups: JSON) -> [Field] {
        groups.elements.flatMap { $0["fields"]?.elements ?? [] }.compactMap { field in
            guard let name = field["name"]?.string else { return nil }
            return Field(
                name: name,
                objectTypeID: field["objectTypeId"]?.string ?? "0-1",
                isRequired: field["required"]?.boolean ?? false,
                fieldType: field["fieldType"]?.string ?? "single_line_text"
            )
        }
    }

    /// A form of text fields with everything that the official clients read.
    static func simple(
        _ id: String,
        _ name: String,
        fields: [(name: String, isRequired: Bool)],
        at now: Int64
    ) -> FormDefinition {
        var form = FormDefinition(
            id: id,
            name: name,
            fields: [],
            texts: [:],
            message: "",
            createdAt: now,
            updatedAt: now
        )
        var writer = JSONWriter()
        writer.object { root in
            root.name("fieldGroups")
            root.array { groups in
                groups.object { group in
                    group.member("groupType", "default_group")
                    group.member("richTextType", "text")
                    group.name("fields")
                    group.array { list in
                        for field in fields { list.object { Self.write(field, into: &$0) } }
                    }
                }
            }
            root.name("configuration")
            root.raw(Self.configuration)
            root.name("displayOptions")
            root.raw(Self.displayOptions)
            root.name("legalConsentOptions")
            root.raw(#"{"type":"none"}"#)
        }
        if let json = try? JSON(parsing: writer.bytes) { form.adopt(json) }
        return form
    }

    private static func write(
        _ field: (name: String, isRequired: Bool),
        into item: inout JSONWriter
    ) {
        item.member("objectTypeId", "0-1")
        item.member("name", field.name)
        item.member("label", field.name)
        item.member("required", field.isRequired)
        item.member("hidden", false)
        item.member("fieldType", field.name == "email" ? "email" : "single_line_text")
        item.name("dependentFields")
        item.array { _ in }
        guard field.name == "email" else { return }
        item.name("validation")
        item.raw(#"{"blockedEmailDomains":[],"useDefaultBlockList":false}"#)
    }

    private static let configuration = #"""
        {"language":"en","cloneable":true,"editable":true,"archivable":true,
        "postSubmitAction":{"type":"thank_you","value":"Thanks for submitting the form."},
        "createNewContactForNewEmail":true,"prePopulateKnownValues":true,
        "allowLinkToResetKnownValues":false,"notifyContactOwner":false,"notifyRecipients":[],
        "recaptchaEnabled":false,"lifecycleStages":[]}
        """#

    private static let displayOptions = #"""
        {"renderRawHtml":false,"theme":"default_style","submitButtonText":"Submit","cssClass":"",
        "style":{"fontFamily":"arial","backgroundWidth":"100%","labelTextColor":"#33475b",
        "labelTextSize":"14px","helpTextColor":"#7c98b6","helpTextSize":"11px",
        "legalConsentTextColor":"#33475b","legalConsentTextSize":"14px",
        "submitColor":"#ff7a59","submitAlignment":"left","submitFontColor":"#ffffff",
        "submitSize":"12px"}}
        """#
}
