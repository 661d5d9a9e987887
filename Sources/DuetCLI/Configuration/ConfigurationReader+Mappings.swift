import SyncCore
import Yams

extension ConfigurationReader {
    mutating func readMappings(_ node: Node, into configuration: inout Configuration) {
        guard let list = node.sequence, !list.isEmpty else {
            self.fail(node, "`mappings` must list at least one object mapping.")
            return
        }
        var names: [String: Configuration.Place] = [:]
        var pairs: [String: Configuration.Place] = [:]
        for item in list {
            guard let mapping = self.readMapping(item) else { continue }
            if let first = names[mapping.name] {
                self.fail(
                    item,
                    "The mapping `\(mapping.name)` stands twice, first in line \(first.line)."
                )
            }
            names[mapping.name] = mapping.place
            for object in mapping.salesforce {
                let pair = "\(mapping.hubspot) with \(object)"
                if let first = pairs[pair] {
                    self.fail(item, "\(pair) is mapped twice, first in line \(first.line).")
                }
                pairs[pair] = mapping.place
            }
            configuration.mappings.append(mapping)
        }
    }

    private mutating func readMapping(_ node: Node) -> Configuration.Mapping? {
        let known = [
            "name", "hubspot", "salesforce", "createAs", "match", "keys", "firstSync", "deletes",
            "creates", "include", "taskType", "assignmentRules",
            "relations", "status", "fields",
        ]
        guard let members = self.members(of: node, known: known, what: "an object mapping"),
            let hubspotNode = self.required("hubspot", of: members, at: node),
            let kind = self.kind(hubspotNode, with: members["salesforce"]),
            let fieldsNode = self.required("fields", of: members, at: node)
        else { return nil }
        let hubspot = kind.hubspot
        let possible = kind.salesforce.map(\.object)
        let salesforce = members["salesforce"].map { self.objects($0, of: kind) } ?? possible
        let name = members["name"].flatMap { self.text($0, "name") } ?? hubspot
        let createAs = self.createAs(members["createAs"], among: salesforce)
        let match = self.match(members["match"], kind)
        let keys = self.keys(members["keys"], objects: salesforce, kind)
        let fields = self.fields(fieldsNode, kind)
        if match.isEmpty, keys.salesforce == nil || keys.hubspot.isEmpty {
            self.fail(
                members["keys"] ?? node,
                "Without `match` and without keys on both sides nothing tells which records belong together.",
                "Map and name a property under `match`, or create the key fields."
            )
        }
        let named = members["match"].map { $0.sequence.map(Array.init) ?? [$0] } ?? []
        for (name, place) in zip(match, named)
        where kind.references.contains(where: { $0.hubspot == name })
            || fields.contains(where: { $0.hubspot == name && $0.association != nil })
        {
            self.fail(place, "`\(name)` names another record: it matches nothing.")
        }
        for (name, place) in zip(match, named)
        where !fields.contains(where: { $0.hubspot == name }) {
            self.fail(
                place,
                "`match` names `\(name)`, which is not mapped.",
                Suggestion.text(for: name, among: fields.map(\.hubspot))
            )
        }
        return Configuration.Mapping(
            name: name,
            hubspot: hubspot,
            kind: kind,
            written: hubspot,
            salesforce: salesforce,
            createAs: createAs.object,
            createRules: createAs.rules,
            match: match,
            salesforceKey: keys.salesforce,
            hubspotKeys: keys.hubspot,
            firstSync: self.firstSync(members["firstSync"]),
            deletes: self.deletes(members["deletes"], kind),
            creates: self.creates(members["creates"]),
            include: self.include(members["include"]),
            assignment: self.assignment(members["assignmentRules"], among: salesforce),
            taskType: self.taskType(members["taskType"], among: salesforce, fields),
            fields: fields,
            relations: self.relations(members["relations"]),
            status: self.status(members["status"]),
            place: Self.place(of: node)
        )
    }

    /// What records of a HubSpot object are in Salesforce, as one name or a list of them.
    private mutating func objects(_ node: Node, of kind: ObjectKind) -> [String] {
        let names = kind.salesforce.map(\.object)
        let nodes = node.sequence.map(Array.init) ?? [node]
        return nodes.compactMap { node in
            guard let text = self.text(node, "salesforce") else { return nil }
            guard names.contains(text) else {
                self.fail(
                    node,
                    "HubSpot \(kind.hubspot) are not synced with `\(text)`.",
                    Suggestion.text(for: text, among: names)
                )
                return nil
            }
            return text
        }
    }

    /// The properties that match records; `none` leaves it to the keys.
    private mutating func match(_ node: Node?, _ kind: ObjectKind) -> [String] {
        guard let node else { return kind.match }
        return node.scalar?.string.lowercased() == "none" ? [] : self.texts(node, "match")
    }

    private mutating func texts(_ node: Node, _ name: String) -> [String] {
        let nodes = node.sequence.map(Array.init) ?? [node]
        return nodes.compactMap { self.text($0, name) }
    }

    private mutating func firstSync(_ node: Node?) -> ObjectMapping.FirstSync {
        guard let node, let text = self.text(node, "firstSync") else { return .report }
        guard let choice = ObjectMapping.FirstSync(rawValue: text) else {
            let names = ObjectMapping.FirstSync.allCases.map(\.rawValue)
            self.fail(
                node,
                "`firstSync: \(text)` is unknown.",
                Suggestion.text(for: text, among: names)
            )
            return .report
        }
        return choice
    }

    private mutating func keys(
        _ node: Node?,
        objects: [String],
        _ kind: ObjectKind
    ) -> (salesforce: String?, hubspot: [String: String]) {
        let standard = kind.salesforce.filter { objects.contains($0.object) }
        let mine = Dictionary(standard.map { ($0.object, $0.hubspotKey) }) { first, _ in first }
        guard let node else { return (kind.salesforceKey, mine) }
        if node.scalar?.string == "none" { return (nil, [:]) }
        let known = ["salesforce", "hubspot"]
        guard let members = self.members(of: node, known: known, what: "`keys`") else {
            return (nil, [:])
        }
        var salesforce: String? = kind.salesforceKey
        if let field = members["salesforce"] {
            let text = self.text(field, "salesforce")
            salesforce = text == "none" ? nil : text
        }
        guard let hubspotNode = members["hubspot"] else { return (salesforce, mine) }
        if hubspotNode.scalar?.string == "none" { return (salesforce, [:]) }
        guard let parts = self.members(of: hubspotNode, known: objects, what: "`keys: hubspot`")
        else {
            return (salesforce, [:])
        }
        var hubspot: [String: String] = [:]
        for (object, property) in parts { hubspot[object] = self.text(property, object) }
        return (salesforce, hubspot)
    }

    // MARK: - Fields

    private mutating func fields(_ node: Node, _ kind: ObjectKind) -> [Configuration.Field] {
        guard let list = node.sequence, !list.isEmpty else {
            self.fail(node, "`fields` must list at least one field mapping.")
            return []
        }
        var fields: [Configuration.Field] = []
        for item in list {
            guard var field = self.field(item, kind) else { continue }
            if kind.stages.contains(field.hubspot) { self.checkStage(&field, item) }
            for other in fields {
                if other.hubspot == field.hubspot {
                    self.fail(
                        item,
                        "`\(field.hubspot)` is mapped twice, first in line \(other.place.line)."
                    )
                }
                if other.salesforce.overlaps(field.salesforce) {
                    self.fail(
                        item,
                        "`\(field.salesforce.first)` is mapped twice, first in line \(other.place.line)."
                    )
                }
            }
            fields.append(field)
        }
        return fields
    }

    private mutating func field(_ node: Node, _ kind: ObjectKind) -> Configuration.Field? {
        let known = [
            "hubspot", "association", "label", "salesforce", "rule", "values", "unlisted",
            "default", "order",
        ]
        guard let members = self.members(of: node, known: known, what: "a field mapping") else {
            return nil
        }
        let association = self.association(members, kind)
        guard
            let hubspot = association?.name
                ?? self.required("hubspot", of: members, at: node)
                .flatMap({ self.text($0, "hubspot") }),
            let salesforce = self.required("salesforce", of: members, at: node)
                .flatMap({ self.fieldNames($0, kind) })
        else { return nil }
        var field = Configuration.Field(
            hubspot: hubspot,
            association: association,
            salesforce: salesforce,
            rule: self.rule(members["rule"]),
            values: members["values"].map { self.values($0) } ?? [],
            rejectsUnlisted: members["unlisted"].flatMap { self.rejectsUnlisted($0) },
            defaults: members["default"].map { self.defaults($0) } ?? [],
            order: self.order(members["order"], of: hubspot),
            place: Self.place(of: node)
        )
        field.takesLabels = members["values"]?.scalar?.string == Self.labels
        // What Salesforce's list lacks it refuses.
        if field.takesLabels { field.rejectsUnlisted = field.rejectsUnlisted ?? true }
        // As in the vendors' own connection, owners go both ways unless the file says otherwise.
        if field.isOwner, members["rule"] == nil { field.rule = .twoWay }
        return field
    }

    /// HubSpot's stages have ids that say nothing in Salesforce: each that is synced is listed.
    private mutating func checkStage(_ field: inout Configuration.Field, _ node: Node) {
        field.rejectsUnlisted = field.rejectsUnlisted ?? true
        guard field.values.isEmpty, field.rule != .dontSync, field.rejectsUnlisted == true else {
            return
        }
        self.fail(
            node,
            "`\(field.hubspot)` holds ids that only HubSpot understands.",
            "List them under `values`, as `HubSpot's id: Salesforce's value`."
        )
    }

    private mutating func rejectsUnlisted(_ node: Node) -> Bool? {
        guard let text = self.text(node, "unlisted") else { return nil }
        let choices = ["keep", "reject"]
        guard choices.contains(text) else {
            self.fail(
                node,
                "`unlisted: \(text)` is unknown.",
                Suggestion.text(for: text, among: choices)
            )
            return nil
        }
        return text == "reject"
    }

    private mutating func rule(_ node: Node?) -> SyncRule {
        guard let node, let text = self.text(node, "rule") else { return .preferSalesforce }
        let match = SyncRule.allCases.first {
            $0.rawValue == text || $0.title.lowercased() == text.lowercased()
        }
        guard let match else {
            self.fail(
                node,
                "`rule: \(text)` is not a sync rule.",
                Suggestion.text(for: text, among: SyncRule.allCases.map(\.rawValue))
            )
            return .preferSalesforce
        }
        return match
    }

    /// What `values` says where Salesforce's picklist tells them.
    private static let labels = "labels"

    private mutating func values(_ node: Node) -> [FieldMapping.ValuePair] {
        if node.scalar?.string == Self.labels { return [] }
        guard let mapping = node.mapping else {
            self.fail(
                node,
                "`values` must be lines of `HubSpot value: Salesforce value`, or `labels`.",
                "With `labels` they are what Salesforce's picklist shows and holds."
            )
            return []
        }
        return mapping.compactMap { key, value in
            guard let hubspot = key.scalar?.string, let salesforce = value.scalar?.string else {
                self.fail(value, "A value in `values` must be text.")
                return nil
            }
            return FieldMapping.ValuePair(hubspot: hubspot, salesforce: salesforce)
        }
    }

    private mutating func defaults(_ node: Node) -> [FieldMapping.Default] {
        let nodes = node.sequence.map(Array.init) ?? [node]
        return nodes.compactMap { item in
            guard let text = self.text(item, "default") else { return nil }
            return text == "$emailLocalPart" ? .emailLocalPart : .text(text)
        }
    }
}
