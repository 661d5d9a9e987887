import WireJSON

/// What `duet doctor --permission-set` prints.
package enum PermissionSetReport {
    package static func text(_ set: PermissionSet) -> String {
        var lines = [
            "\(PermissionSet.fileName): \(set.objects.count) objects, \(set.fields.count) fields, "
                + "\(set.user.count) rights on the org",
            "",
            "Move it to force-app/main/default/permissionsets of a Salesforce project (packaging/salesforce is one), "
                + "then:",
            "  sf project deploy start --source-dir force-app/main/default/permissionsets",
            "  sf org assign permset --name Duet_Integration --on-behalf-of USERNAME",
        ]
        if !set.unseen.isEmpty {
            lines += [
                "",
                "The integration user sees nothing yet of \(set.unseen.joined(separator: ", ")). Deploy and assign the "
                    + "set, then run this command again: it then knows all fields, and adds what is still missing.",
            ]
        }
        return (lines + ["", "Next: duet doctor"]).joined(separator: "\n")
    }

    package static func json(_ set: PermissionSet) -> String {
        var writer = JSONWriter()
        writer.object { root in
            root.member("formatVersion", CommandReport.formatVersion)
            root.member("file", PermissionSet.fileName)
            root.name("objects")
            root.array { list in for name in set.objects.keys.sorted() { list.string(name) } }
            root.name("fields")
            root.array { list in for name in set.fields.keys.sorted() { list.string(name) } }
            root.name("userPermissions")
            root.array { list in for name in set.user.sorted() { list.string(name) } }
            root.name("unseen")
            root.array { list in for name in set.unseen { list.string(name) } }
        }
        return String(decoding: writer.bytes, as: UTF8.self)
    }
}
