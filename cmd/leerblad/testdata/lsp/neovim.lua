-- Writes in a publication with Neovim's own client of leerblad lsp, as somebody would, asks all that there is to ask, and leaves what came in
-- answers.json, by name, each as lines of text.
local out = {}
local root = vim.fn.getcwd()

local function fail(text)
  out.failed = { text }
  vim.fn.writefile({ vim.fn.json_encode(out) }, 'answers.json')
  vim.cmd('qall!')
end

local function try()
  local client = vim.lsp.start_client({ name = 'leerblad', cmd = { 'leerblad', 'lsp' }, root_dir = root })
  vim.cmd('edit content/recommendations/doe.md')
  vim.bo.filetype = 'markdown'
  vim.lsp.buf_attach_client(0, client)
  local encoding = 'utf-16'

  local function ask(method, line, character, more)
    local params = { textDocument = { uri = vim.uri_from_bufnr(0) } }
    if line then params.position = { line = line, character = character } end
    for key, value in pairs(more or {}) do params[key] = value end
    local answer = (vim.lsp.buf_request_sync(0, method, params, 20000) or {})[client]
    if not answer then error(method .. ': no answer') end
    local refused = answer.err or answer.error -- by the version of Neovim
    if refused then error(method .. ': ' .. refused.message) end
    return answer.result
  end

  local function short(uri) return vim.uri_to_fname(uri):sub(#root + 2) end
  local function place(uri, range) return ('%s:%d:%d-%d'):format(short(uri), range.start.line, range.start.character, range['end'].character) end

  -- Neovim gives problems at places in bytes.
  local function problems()
    local lines = {}
    for _, d in ipairs(vim.diagnostic.get(0)) do
      table.insert(lines, ('%d:%d-%d %d %s %s'):format(d.lnum, d.col, d.end_col, d.severity, d.code or d.user_data.lsp.code, d.source))
    end
    table.sort(lines)
    return lines
  end

  local function until_problems(n)
    if not vim.wait(20000, function() return #vim.diagnostic.get(0) == n end, 20) then
      error(('never %d problems: %s'):format(n, vim.inspect(problems())))
    end
    return problems()
  end

  out.diagnostics = until_problems(2)

  out.fixes = {}
  local actions = ask('textDocument/codeAction', nil, nil,
    { range = { start = { line = 3, character = 0 }, ['end'] = { line = 3, character = 3 } }, context = { diagnostics = {}, only = { 'quickfix' } } })
  for _, a in ipairs(actions) do table.insert(out.fixes, a.title) end
  vim.lsp.util.apply_workspace_edit(actions[1].edit, encoding)
  out.mended = vim.api.nvim_buf_get_lines(0, 3, 4, true)
  out.left = until_problems(1)

  -- A reference is typed, with what completion offers.
  vim.api.nvim_buf_set_lines(0, 4, 5, true, { 'evidence: [sheets/een#we]' })
  local list = ask('textDocument/completion', 4, 24)
  out.completion = {}
  for _, item in ipairs(list.items) do table.insert(out.completion, item.textEdit.newText) end
  vim.lsp.util.apply_text_edits({ list.items[1].textEdit }, vim.api.nvim_get_current_buf(), encoding)
  out.completed = vim.api.nvim_buf_get_lines(0, 4, 5, true)
  until_problems(0)

  out.hover = vim.split(ask('textDocument/hover', 4, 24).contents.value, '\n')
  out.definition = {}
  for _, l in ipairs(ask('textDocument/definition', 4, 24)) do table.insert(out.definition, place(l.uri, l.range)) end
  out.references = {}
  for _, l in ipairs(ask('textDocument/references', 4, 24, { context = { includeDeclaration = true } })) do
    table.insert(out.references, place(l.uri, l.range))
  end
  table.sort(out.references)
  out.symbols = {}
  for _, s in ipairs(ask('textDocument/documentSymbol')) do
    table.insert(out.symbols, ('%s %d-%d'):format(s.name, s.range.start.line, s.range['end'].line))
    for _, c in ipairs(s.children or {}) do table.insert(out.symbols, '  ' .. c.name) end
  end
  out.folding = {}
  for _, f in ipairs(ask('textDocument/foldingRange')) do table.insert(out.folding, ('%d-%d'):format(f.startLine, f.endLine)) end
  out.links = {}
  for _, l in ipairs(ask('textDocument/documentLink')) do
    table.insert(out.links, ('%d:%d-%d'):format(l.range.start.line, l.range.start.character, l.range['end'].character))
  end

  -- The finding gets another name here and in the sheet, the sheet another file.
  out.placeholder = { ask('textDocument/prepareRename', 4, 24).placeholder }
  vim.lsp.util.apply_workspace_edit(ask('textDocument/rename', 4, 24, { newName = 'slaagt' }), encoding)
  vim.cmd('wall')
  until_problems(0)
  vim.lsp.util.apply_workspace_edit(ask('textDocument/rename', 4, 19, { newName = 'twee' }), encoding)
  vim.cmd('wall')
  out.saved = vim.fn.readfile('content/recommendations/doe.md')
  out.moved = vim.fn.readfile('content/sheets/twee.md')
  out.gone = { tostring(vim.fn.filereadable('content/sheets/een.md')) }
  until_problems(0)

  vim.lsp.stop_client(client)
  if not vim.wait(20000, function() return vim.lsp.client_is_stopped(client) end, 20) then error('the server does not stop') end
  vim.fn.writefile({ vim.fn.json_encode(out) }, 'answers.json')
  vim.cmd('qall!')
end

local ok, err = pcall(try)
if not ok then fail(tostring(err)) end
