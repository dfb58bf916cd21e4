import Foundation
import Model

@testable import Reading

/// A panel read from text, as if it stood in a file of this name.
func panelFile(_ text: String, name: String = "test.txt") throws(PanelError) -> PanelFile {
  try PanelFile.read(text: text, path: name)
}
