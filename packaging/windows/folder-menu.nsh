; An archive is a folder, and Windows knows no file types for folders: an entry in every folder's menu opens it.
!macro customInstall
  WriteRegStr SHCTX "Software\Classes\Directory\shell\Chuangdang" "" "用创档打开"
  WriteRegStr SHCTX "Software\Classes\Directory\shell\Chuangdang" "Icon" "$INSTDIR\${APP_EXECUTABLE_FILENAME}"
  WriteRegStr SHCTX "Software\Classes\Directory\shell\Chuangdang" "AppliesTo" "System.FileName:~>.cdarchive"
  WriteRegStr SHCTX "Software\Classes\Directory\shell\Chuangdang\command" "" '"$INSTDIR\${APP_EXECUTABLE_FILENAME}" "%1"'
!macroend
!macro customUnInstall
  DeleteRegKey SHCTX "Software\Classes\Directory\shell\Chuangdang"
!macroend
