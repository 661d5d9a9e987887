extension PermissionSet {
    package static let fileName = "Duet_Integration.permissionset-meta.xml"

    /// The file that Salesforce's tools deploy (Metadata API: PermissionSet), members in alphabetical order as they are
    /// retrieved.
    package var source: String {
        var lines = [
            #"<?xml version="1.0" encoding="UTF-8"?>"#,
            #"<PermissionSet xmlns="http://soap.sforce.com/2006/04/metadata">"#,
            "    <description>What Duet's integration user needs, and no more.</description>",
        ]
        for (name, isWritten) in self.fields.sorted(by: { $0.key < $1.key }) {
            lines += Self.element(
                "fieldPermissions",
                [("editable", "\(isWritten)"), ("field", name), ("readable", "true")]
            )
        }
        lines += [
            "    <hasActivationRequired>false</hasActivationRequired>",
            "    <label>Duet Integration</label>",
        ]
        for (name, object) in self.objects.sorted(by: { $0.key < $1.key }) {
            lines += Self.element(
                "objectPermissions",
                [
                    ("allowCreate", "\(object.isCreated)"), ("allowDelete", "\(object.isDeleted)"),
                    ("allowEdit", "\(object.isEdited)"), ("allowRead", "true"),
                    ("modifyAllRecords", "false"), ("object", name),
                    ("viewAllRecords", "\(object.seesAll)"),
                ]
            )
        }
        for name in self.user.sorted() {
            lines += Self.element("userPermissions", [("enabled", "true"), ("name", name)])
        }
        return (lines + ["</PermissionSet>", ""]).joined(separator: "\n")
    }

    private static func element(_ name: String, _ members: [(String, String)]) -> [String] {
        ["    <\(name)>"] + members.map { "        <\($0.0)>\($0.1)</\($0.0)>" }
            + ["    </\(name)>"]
    }
}
