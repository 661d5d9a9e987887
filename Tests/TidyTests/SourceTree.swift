import Foundation

/// The project's Swift files, found from this file's own place.
struct SourceTree {
    struct File {
        /// Relative to the project, with forward slashes.
        var path: String
        var lines: [String]

        var name: String { (self.path as NSString).lastPathComponent }
    }

    static let root = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    /// Every Swift file below these folders, in path order.
    static func files(in folders: [String]) -> [File] {
        folders.flatMap { folder -> [File] in
            let base = Self.root.appendingPathComponent(folder)
            let names = FileManager.default.enumerator(atPath: base.path)?.compactMap {
                $0 as? String
            }
            return (names ?? []).filter { $0.hasSuffix(".swift") }.sorted().compactMap { name in
                let url = base.appendingPathComponent(name)
                guard let text = try? String(contentsOf: url, encoding: .utf8) else { return nil }
                return File(
                    path: folder + "/" + name,
                    lines: text.split(separator: "\n", omittingEmptySubsequences: false)
                        .map(String.init)
                )
            }
        }
    }
}
