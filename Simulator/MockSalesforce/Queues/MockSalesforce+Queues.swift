extension MockSalesforce {
    /// Assignment rules of the org; an administrator may change them at any time.
    package var assignmentRules: [MockSalesforceAssignmentRule] {
        get { self.org.assignmentRules }
        set { self.org.assignmentRules = newValue }
    }

    /// Gives an org with queues the objects that tell of them.
    mutating func addQueues() {
        guard !self.settings.queues.isEmpty else { return }
        self.org.add(
            PermissionSchema.object(
                "Group",
                "00G",
                isWritable: false,
                ["Name", "DeveloperName", "Type", "Email"].map(PermissionSchema.text)
                    + [
                        PermissionSchema.flag("DoesSendEmailToMembers"),
                        PermissionSchema.flag("DoesIncludeBosses"),
                    ]
            )
        )
        self.org.add(
            PermissionSchema.object(
                "QueueSobject",
                "03g",
                isWritable: false,
                [
                    PermissionSchema.reference("QueueId", "Group"),
                    PermissionSchema.text("SobjectType"),
                ]
            )
        )
    }

    mutating func seedQueues() {
        let now = self.settings.metadataChangedAt
        for (place, queue) in self.settings.queues.enumerated() {
            let id = MockSalesforceQueue.id(place)
            self.plant(
                "Group",
                [
                    ("Id", .text(id)), ("Name", .text(queue.name)),
                    ("DeveloperName", .text(queue.developerName)), ("Type", .text("Queue")),
                    ("Email", queue.email.map { .text($0) } ?? .null),
                ],
                now
            )
            for object in queue.objects {
                self.plant(
                    "QueueSobject",
                    [("QueueId", .text(id)), ("SobjectType", .text(object))],
                    now
                )
            }
        }
    }
}
