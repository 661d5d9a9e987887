package import CRMInterface
import SyncCore

/// Compares what a configuration needs with what its credentials may do.
package struct Doctor: Sendable {
    private let configuration: Configuration

    package init(_ configuration: Configuration) { self.configuration = configuration }

    /// The Salesforce objects whose rights are looked at.
    package var objects: [String] {
        Set(self.configuration.mappings.flatMap { $0.salesforce + $0.relations.map(\.through) })
            .sorted()
    }

    /// What HubSpot's token lacks.
    package func examine(hubspot rights: AccessRights) -> [Diagnosis] {
        guard let scopes = rights.scopes else { return [] }
        return HubSpotScopes.needed(by: self.configuration).filter { !scopes.contains($0.scope) }
            .map { need in
                Diagnosis(
                    .hubspot,
                    .missingScope,
                    need.scope,
                    cause:
                        "HubSpot's token lacks the scope \(need.scope), which is needed for \(need.purpose).",
                    nextStep:
                        "Add it to the app in HubSpot (Development, your app, Auth), and install the app anew where it asks for consent."
                )
            }
    }

    /// What Salesforce's integration user may not do.
    package func examine(salesforce rights: AccessRights) -> [Diagnosis] {
        var found = Self.examine(user: rights.user)
        for mapping in self.configuration.mappings {
            for object in mapping.salesforce {
                guard let may = rights.objects[object], may.isReadable else {
                    found.append(Self.right(.objectNotVisible, object, "see", "Read"))
                    continue
                }
                found += Self.examine(mapping, object, may)
            }
        }
        var seen: Set<Diagnosis> = []
        return found.filter { seen.insert($0).inserted }
    }

    // MARK: - Pieces

    private static func examine(user: [String: Bool]) -> [Diagnosis] {
        guard user["ViewSetup"] == false else { return [] }
        return [
            Diagnosis(
                .salesforce,
                .setupNotVisible,
                "View Setup and Configuration",
                cause:
                    "Salesforce's integration user lacks the right View Setup and Configuration: the org's limits cannot be read ahead.",
                nextStep:
                    "Give it in Salesforce: Setup, Permission Sets, the integration user's set, System Permissions.",
                isProblem: false
            )
        ]
    }

    private static func examine(
        _ mapping: Configuration.Mapping,
        _ object: String,
        _ may: AccessRights.Object
    ) -> [Diagnosis] {
        var found: [Diagnosis] = []
        if mapping.createsInSalesforce, object == mapping.createAs || mapping.salesforce.count == 1,
            !may.isCreateable
        {
            found.append(Self.right(.createNotAllowed, object, "create", "Create"))
        }
        let writes =
            mapping.fields.contains { $0.rule.writes(to: .salesforce) }
            || mapping.salesforceKey != nil
        if writes, !may.isUpdateable {
            found.append(Self.right(.editNotAllowed, object, "edit", "Edit"))
        }
        if mapping.deletes.fromHubSpot == .delete, !may.isDeletable {
            found.append(Self.right(.deleteNotAllowed, object, "delete", "Delete"))
        }
        let names = mapping.fields.filter { $0.rule != .dontSync }.compactMap { field in
            field.salesforce.name(on: object).map { (name: $0, rule: field.rule) }
        }
        for (name, rule) in names
            + (mapping.salesforceKey.map { [(name: $0, rule: .alwaysHubSpot)] } ?? [])
        {
            if !may.fields.contains(name) {
                found.append(Self.field(.fieldNotVisible, object, name, "see", "Read Access"))
            } else if rule.writes(to: .salesforce), may.isUpdateable,
                !may.calculated.contains(name),
                !may.updateable.contains(name), !may.createable.contains(name)
            {
                found.append(Self.field(.fieldNotEditable, object, name, "write", "Edit Access"))
            }
        }
        return found
    }

    private static func right(
        _ code: Diagnosis.Code,
        _ object: String,
        _ verb: String,
        _ box: String
    ) -> Diagnosis {
        Diagnosis(
            .salesforce,
            code,
            object,
            cause: "Salesforce's integration user may not \(verb) records of \(object).",
            nextStep:
                "Give it in Salesforce: Setup, Permission Sets, the integration user's set, Object Settings, \(object), \(box)."
        )
    }

    private static func field(
        _ code: Diagnosis.Code,
        _ object: String,
        _ name: String,
        _ verb: String,
        _ box: String
    ) -> Diagnosis {
        let isTaskType = object == "Task" && name == "Type"
        return Diagnosis(
            .salesforce,
            isTaskType ? .taskTypeNotVisible : code,
            "\(object).\(name)",
            cause:
                "Salesforce's integration user may not \(verb) the field \(name) of \(object), or the org has none.",
            nextStep:
                "Give it in Salesforce: Setup, Permission Sets, the integration user's set, Object Settings, \(object), \(name), \(box)."
        )
    }
}
